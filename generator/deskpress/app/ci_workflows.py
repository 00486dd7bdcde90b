"""What publishes a site on hosted git: a check and a build on each push, and every hour for what is due.

Actions are named by the commit of an exact version, as their own repositories' tags said on 2026-11-23.
What is installed has hashes (`ci_requirements`); the image of GitLab's runner, and Debian's git in it, are
named by tag alone.
"""

from __future__ import annotations

_GITHUB = """\
# Checks each push, publishes the main branch to GitHub Pages, and once an hour what its date has made due.
# In the repository's settings, under Pages, choose "GitHub Actions" as the source.
name: Publish
on:
  push:
  pull_request:
  schedule:
    - cron: "7 * * * *"
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: publish-${{ github.ref }}
  cancel-in-progress: false

jobs:
  build:
    runs-on: ubuntu-24.04
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
      - run: deskpress check && deskpress build
        env:
          DESKPRESS_CACHE_KEY: ${{ secrets.DESKPRESS_CACHE_KEY }}
      - if: github.ref == 'refs/heads/main' && github.event_name != 'pull_request'
        uses: actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0
        with:
          path: site

  publish:
    if: github.ref == 'refs/heads/main' && github.event_name != 'pull_request'
    needs: build
    runs-on: ubuntu-24.04
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - id: deployment
        uses: actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0
"""

_GITLAB = """\
# Checks each push and publishes the default branch to GitLab Pages. For posts that are due, add a scheduled
# pipeline under Build > Pipeline schedules.
image: python:3.13-slim

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

before_script:
  - apt-get update -qq && apt-get install -y -qq --no-install-recommends git
  - pip install --quiet --require-hashes --only-binary setuptools -r requirements-build.txt
  - pip install --quiet --require-hashes --no-build-isolation -r requirements.txt

check:
  rules:
    - if: $CI_COMMIT_BRANCH != $CI_DEFAULT_BRANCH
  script:
    - deskpress check

pages:
  rules:
    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH
  script:
    - deskpress check
    - deskpress build --site-dir public
  artifacts:
    paths:
      - public
"""


def workflow(host: str) -> tuple[str, str]:
    """The path and the text of the workflow for a site on `github` or `gitlab`."""
    return {
        "github": (".github/workflows/publish.yml", _GITHUB),
        "gitlab": (".gitlab-ci.yml", _GITLAB),
    }[host]
