import sys

from deploy.steps import run_main
from tests.drills.sabotage import main

if __name__ == "__main__":
    run_main(lambda: main(sys.argv[1:]))
