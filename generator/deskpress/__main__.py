"""`python -m deskpress` is the `deskpress` command."""

from deskpress.cli import main

if __name__ == "__main__":
    main()
