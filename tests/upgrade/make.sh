#!/usr/bin/env bash
# Makes site-and-server.tar.xz: a site with its cache, its lock and its clone, and a server with two releases, as the version
# under /opt/deskpress makes them in the empty folder /srv/desk. A newer version has to go on with them: test_upgrade.py.
# To be run again with a release, never with the working tree: tests/upgrade/make.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
deskpress=/opt/deskpress/bin/deskpress
export DESKPRESS_CACHE_KEY="the key of the site and the server that are to be upgraded"
export GIT_CONFIG_GLOBAL=/dev/null
export GIT_AUTHOR_NAME=Team GIT_AUTHOR_EMAIL=team@desk.example GIT_AUTHOR_DATE=2026-11-02T09:00:00Z
export GIT_COMMITTER_NAME=Team GIT_COMMITTER_EMAIL=team@desk.example GIT_COMMITTER_DATE=2026-11-02T09:00:00Z
mkdir -p /srv/desk/site
cd /srv/desk/site
mkdir -p content/posts content/help content/notices
cat > mkdocs.yml <<'END'
site_name: The Desk
site_url: https://desk.example/
docs_dir: content
theme:
  name: material
plugins:
  - deskpress
markdown_extensions:
  - admonition
END
printf '.cache/\nsite/\n' > .gitignore
printf '# The Desk\n\nWhat we answer every day.\n' > content/index.md
for day in 08-04 08-18 09-04 09-18 10-04 10-18; do
  printf -- '---\ntitle: News of %s\ndate: 2026-%s\ncategories: [Shipping]\n---\n\nPackages of **%s**. See [returns](../help/returns.md).\n' \
    "${day/-//}" "$day" "day ${day#*-}" > "content/posts/2026-$day.md"
done
printf -- '---\ntitle: Returns\ncategories: [Orders]\n---\n\n## How long\n\nThirty days.\n' > content/help/returns.md
printf -- '---\ntitle: Late packages\ncategories: [Orders]\naliases: [/late/]\n---\n\n!!! note\n    Ask the carrier first.\n' > content/help/late.md
printf -- '---\ntitle: Slow answers\nstart: 2026-11-01 08:00\nend: 2026-11-03 08:00\n---\n\nWe answer within two days.\n' > content/notices/slow.md
$deskpress check --fix
git init -q -b main .
$deskpress build
git add -A
git commit -qm First
$deskpress remote init ../server
git remote add live file:///srv/desk/server/repo.git
git push live main
printf -- '---\ntitle: Returns\ncategories: [Orders]\naliases: [/help/old-returns/]\n---\n\n## How long\n\nSixty days.\n' > content/help/returns.md
sed -i 's/day 04/day four/' content/posts/2026-09-04.md
$deskpress build
git add -A
git commit -qm Second
git push live main
$deskpress build
find /srv/desk -name '*.sample' -delete
tar -cJf "$here/site-and-server.tar.xz" --sort=name --owner=0 --group=0 -C /srv/desk site server
