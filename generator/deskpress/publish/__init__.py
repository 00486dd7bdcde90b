"""Publishes a built tree: a bare repository, releases next to each other, and the checks before them.

`git` reads pushed objects, `checkout` writes them to a folder, `roles` says who may push what, `history`
checks each commit, `trusted` says whose configuration is built, `checks` compares a site with what was
published, `releases` switches between whole sites; `pre_receive` and `post_receive` are the two hooks.
"""
