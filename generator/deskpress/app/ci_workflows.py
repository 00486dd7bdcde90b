"""Workflows that publish a site on hosted git: a check, a preview or release on each push, due posts.

Actions are pinned to the commit of an exact version, as tagged in their own repositories on 2026-11-23.
Installed packages have hashes (`ci_requirements`); the image of GitLab's runner, and Debian's git in it, are
named by tag only.
"""

from __future__ import annotations

_GITHUB = """\
# Checks each push, publishes the default branch to GitHub Pages, and keeps the site of every other branch for
# a week as the artifact `preview`. What is wrong stands at its line in the pull request.
# In the repository's settings, under Pages, choose "GitHub Actions" as the source.
name: Publish
on:
  push:
    branches: ["**"]
  # For forks: a push to a branch of this repository has its run already, which pull requests show.
  pull_request:
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: publish-${{ github.head_ref || github.ref }}
  cancel-in-progress: false

jobs:
  build:
    if: >-
      github.event_name != 'pull_request'
      || github.event.pull_request.head.repo.full_name != github.repository
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    outputs:
      due: ${{ steps.build.outputs.due }}
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          fetch-depth: 0 # pages show when they were last committed
          persist-credentials: false
      - uses: actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0
        with:
          python-version: "3.13"
      - uses: actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae # v5.0.5
        with:
          path: |
            .cache/deskpress
            site
          key: deskpress-${{ github.sha }}-${{ github.run_id }}
          restore-keys: deskpress-
      - run: pip install --quiet --require-hashes --only-binary setuptools -r requirements-build.txt
      - run: pip install --quiet --require-hashes --no-build-isolation -r requirements.txt
      # What was restored is believed if it was written with the same secret: any long random text, under
      # Settings > Secrets and variables > Actions. Without one, everything is built anew.
      - run: deskpress check --format github
        env:
          DESKPRESS_CACHE_KEY: ${{ secrets.DESKPRESS_CACHE_KEY }}
      - id: build
        run: |
          deskpress build --next-due .cache/next-due
          echo "due=$(cat .cache/next-due)" >> "$GITHUB_OUTPUT"
        env:
          DESKPRESS_CACHE_KEY: ${{ secrets.DESKPRESS_CACHE_KEY }}
      - if: github.event_name == 'pull_request' || github.ref_name != github.event.repository.default_branch
        uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0
        with:
          name: preview
          path: site
          retention-days: 7
      - if: github.event_name != 'pull_request' && github.ref_name == github.event.repository.default_branch
        uses: actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0
        with:
          path: site
      - if: github.event_name != 'pull_request' && github.ref_name == github.event.repository.default_branch
        uses: actions/cache/save@27d5ce7f107fe9357f9df03efb73ab90386fccae # v5.0.5
        with:
          path: .cache/next-due
          key: next-due-${{ github.run_id }}-${{ github.run_attempt }}

  publish:
    if: github.event_name != 'pull_request' && github.ref_name == github.event.repository.default_branch
    needs: build
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    permissions:
      actions: write
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - id: deployment
        uses: actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0
      # The run of every hour (due.yml) is on only while something is dated ahead, or will expire.
      - run: >-
          curl --fail --silent --show-error -X PUT -H "Authorization: Bearer $TOKEN"
          "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/actions/workflows/due.yml/$STATE"
        env:
          TOKEN: ${{ github.token }}
          STATE: ${{ needs.build.outputs.due && 'enable' || 'disable' }}
"""

_GITHUB_DUE = """\
# Publishes again when the date of a post has come, or something has expired. "Publish" switches this on and
# off, and says when it is time: until then a run only looks at that.
name: Due
on:
  schedule:
    - cron: "7 * * * *"

permissions:
  actions: write

jobs:
  due:
    runs-on: ubuntu-24.04
    timeout-minutes: 5
    steps:
      - uses: actions/cache/restore@27d5ce7f107fe9357f9df03efb73ab90386fccae # v5.0.5
        with:
          path: .cache/next-due
          key: next-due-
      - run: |
          due=.cache/next-due
          if [ -e "$due" ] && { [ ! -s "$due" ] || [ "$(date +%s)" -lt "$(cat "$due")" ]; }; then
            echo "Nothing is due yet."
          else
            curl --fail --silent --show-error -X POST -H "Authorization: Bearer $TOKEN" \\
              "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/actions/workflows/publish.yml/dispatches" \\
              --data "{\\"ref\\": \\"$GITHUB_REF_NAME\\"}"
          fi
        env:
          TOKEN: ${{ github.token }}
"""

_GITLAB = """\
# Checks each push, publishes the default branch to GitLab Pages, and shows the site of a merge request under
# "View app". What is wrong stands in the merge request, at its line.
# For posts dated ahead add a scheduled pipeline, of every hour, under Build > Pipeline schedules: it looks at
# the next date, and publishes when that has come.
image: python:3.13-slim

# One pipeline for a push: that of the merge request where there is one.
workflow:
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
    - if: $CI_COMMIT_BRANCH && $CI_OPEN_MERGE_REQUESTS
      when: never
    - if: $CI_COMMIT_BRANCH

# What the cache holds is believed if it was written with the same secret: any long random text as the masked
# variable DESKPRESS_CACHE_KEY, under Settings > CI/CD > Variables. Without one, everything is built anew.
variables:
  GIT_DEPTH: "0" # pages show when they were last committed
  PIP_CACHE_DIR: "$CI_PROJECT_DIR/.cache/pip"

cache:
  key: deskpress
  paths:
    - .cache/
    - public/

.installed:
  before_script:
    - apt-get update -qq && apt-get install -y -qq --no-install-recommends git
    - pip install --quiet --require-hashes --only-binary setuptools -r requirements-build.txt
    - pip install --quiet --require-hashes --no-build-isolation -r requirements.txt

preview:
  extends: .installed
  rules:
    - if: $CI_COMMIT_BRANCH != $CI_DEFAULT_BRANCH
  script:
    - deskpress check --format gitlab > gl-code-quality-report.json
    - deskpress build --site-dir public
  variables:
    SHOWN: https://$CI_PROJECT_ROOT_NAMESPACE.$CI_PAGES_DOMAIN/-/$CI_PROJECT_NAME
  environment:
    name: review/$CI_COMMIT_REF_SLUG
    url: $SHOWN/-/jobs/$CI_JOB_ID/artifacts/public/index.html
    auto_stop_in: 1 week
  artifacts:
    when: always
    expire_in: 1 week
    paths:
      - public
    reports:
      codequality: gl-code-quality-report.json

pages:
  extends: .installed
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_PIPELINE_SOURCE != "schedule"
  script:
    - deskpress check --format gitlab > gl-code-quality-report.json
    - deskpress build --site-dir public --next-due .cache/next-due
  artifacts:
    when: always
    paths:
      - public
    reports:
      codequality: gl-code-quality-report.json

due:
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $CI_PIPELINE_SOURCE == "schedule"
  variables:
    GIT_STRATEGY: none
  cache:
    key: deskpress
    policy: pull
    paths:
      - .cache/
      - public/
  script:
    - |
      due=.cache/next-due
      if [ -e "$due" ] && { [ ! -s "$due" ] || [ "$(date +%s)" -lt "$(cat "$due")" ]; }; then
        echo "Nothing is due yet."
        exit 0
      fi
      python - <<'END'
      import os
      from urllib.request import urlopen
      told = os.environ
      address = f"{told['CI_API_V4_URL']}/projects/{told['CI_PROJECT_ID']}/trigger/pipeline"
      urlopen(address, f"token={told['CI_JOB_TOKEN']}&ref={told['CI_DEFAULT_BRANCH']}".encode())
      END
"""


def workflows(host: str) -> dict[str, str]:
    """The workflows for a site on `github` or `gitlab`: their paths with their texts."""
    folder = ".github/workflows"
    return {
        "github": {f"{folder}/publish.yml": _GITHUB, f"{folder}/due.yml": _GITHUB_DUE},
        "gitlab": {".gitlab-ci.yml": _GITLAB},
    }[host]
