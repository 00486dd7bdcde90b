"""Takes a built tree live: a bare repository, releases beside each other, and what guards their door.

`git` reads pushed objects, `checkout` brings them into a folder, `roles` tells who may push what, `guard`
holds a site against what was published, `releases` switches between whole sites; `door` and `live` are the
two hooks.
"""
