"""What the commands do for people: build, check, search, new, the development server, CI, deploy, push."""
