"""`python -m anfang.cli`: the command without its script."""

from anfang.cli import main

if __name__ == "__main__":
    main()
