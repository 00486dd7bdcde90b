"""The code behind the commands: build, check, search, new, the development server, CI, deploy, push."""
