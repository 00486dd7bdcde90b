"""Takes a built tree live: a bare repository, releases beside each other, and what guards them.

`git` reads pushed objects, `checkout` brings them into a folder, `roles` tells who may push what, `history`
looks at each commit, `trusted` tells whose configuration is built, `checks` holds a site against what was
published, `releases` switches between whole sites; `pre_receive` and `post_receive` are the two hooks.
"""
