"""Deskpress beside its peers: whole processes, in turns, medians, as ratios to Hugo in the same run.

python bench/run.py --posts 1000 --peers deskpress,hugo --rounds 3 --from DIR
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import statistics
import subprocess
import threading
import time
from pathlib import Path

from peers import PEERS, Peer
from posts import fill

HERE = Path(__file__).resolve().parent
ROWS = ("cold", "nothing changed", "one body edited", "one title edited", "one new post", "a template edited")


def main() -> None:
    """Measure, print the table, keep it in `bench/results/`."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--peers", default="deskpress,hugo", help=f"of {', '.join(PEERS)}")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--from", dest="source", type=Path, help="a folder of posts; else they are made")
    options = parser.parse_args()
    peers = [PEERS[name] for name in options.peers.split(",")]
    # ext4 is slow to give out inodes near those of files that were deleted in the last minutes, and whoever
    # writes most files would pay for it. So each round has folders of its own, all cold builds come before
    # what replaces files, and everything is removed at the end.
    work = HERE / "work"
    shutil.rmtree(work, ignore_errors=True)
    fill(work / "posts", options.posts, options.source)
    seconds: dict[tuple[str, str], list[float]] = {}
    memory: dict[str, float] = {}
    # Each round begins with another peer: who comes after a long one finds another machine.
    turns = [(turn, peer) for turn in range(options.rounds) for peer in rotated(peers, turn)]
    for rows in (ROWS[:1], ROWS[1:]):
        for turn, peer in turns:
            print(f"round {turn + 1}, {peer.name}, {rows[0]} …", flush=True)
            folder = work / str(turn) / peer.name
            if rows == ROWS[:1]:
                peer.prepare(folder, work / "posts")
            for row in rows:
                edit(row, peer, folder, turn)
                seconds.setdefault((peer.name, row), []).append(seconds_of(peer, folder))
    for peer in peers:
        # In a run of its own: to look at a process holds it up.
        print(f"memory, {peer.name} …", flush=True)
        peer.prepare(work / "memory" / peer.name, work / "posts")
        memory[peer.name] = memory_of(peer, work / "memory" / peer.name)
    report = table(options, peers, seconds, memory)
    print(report)
    results = HERE / "results"
    results.mkdir(exist_ok=True)
    (results / f"{options.posts}-posts.md").write_text(report)
    shutil.rmtree(work)


def rotated(peers: list[Peer], turn: int) -> list[Peer]:
    """The peers in the order of a round."""
    first = turn % len(peers)
    return peers[first:] + peers[:first]


def edit(row: str, peer: Peer, folder: Path, turn: int) -> None:
    """Change what the row is about."""
    posts = sorted((folder / peer.posts).glob("*.md"))
    post = posts[len(posts) // 2 + turn]
    if row == "one body edited":
        post.write_text(post.read_text() + f"\nOne more line, {turn}.\n")
    elif row == "one title edited":
        lines = post.read_text().split("\n")
        at = next(n for n, line in enumerate(lines) if line.lower().startswith("title:"))
        lines[at] = lines[at].rstrip('"') + (
            f' again {turn}"' if lines[at].endswith('"') else f" again {turn}"
        )
        post.write_text("\n".join(lines))
    elif row == "one new post":
        newest = posts[-1]
        text = newest.read_text()
        for mark in ("slug: ", "Slug: "):
            text = text.replace(f'{mark}"', f'{mark}"new-{turn}-').replace(f"{mark}", f"{mark}", 1)
        if "Slug: " in text:
            text = text.replace("Slug: ", f"Slug: new-{turn}-", 1)
        newest.with_name(f"{newest.stem}-new-{turn}.md").write_text(text)
    elif row == "a template edited":
        template = folder / peer.template
        template.write_text(template.read_text().replace("<h1>", f'<h1 class="t{turn}">', 1) + "\n")


def seconds_of(peer: Peer, folder: Path) -> float:
    """Seconds of wall clock that a build takes."""
    # What was written until now goes to the disk first: nobody shall pay for who came before.
    os.sync()
    start = time.perf_counter()
    finish(peer, begin(peer, folder))
    return time.perf_counter() - start


def memory_of(peer: Peer, folder: Path) -> float:
    """The peak of memory (PSS) of a build's process tree in MB."""
    process, peak = begin(peer, folder), [0.0]
    watcher = threading.Thread(target=sample, args=(process, peak), daemon=True)
    watcher.start()
    finish(peer, process)
    watcher.join()
    return peak[0]


def begin(peer: Peer, folder: Path) -> subprocess.Popen[bytes]:
    """Begin a build."""
    return subprocess.Popen(
        peer.command,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, "CI": "1"},
    )


def finish(peer: Peer, process: subprocess.Popen[bytes]) -> None:
    """Wait for a build."""
    errors = process.communicate()[1]
    if process.returncode:
        raise SystemExit(f"{peer.name} failed: {errors.decode()[-2000:]}")


def sample(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    """Sum the proportional set size of a process and its descendants, again and again."""
    while process.poll() is None:
        total, pending = 0, [process.pid]
        while pending:
            pid = pending.pop()
            try:
                rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
                total += int(rollup.split("Pss:")[1].split()[0])
                pending += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
            except (OSError, IndexError, ValueError):
                continue
        peak[0] = max(peak[0], total / 1024)
        time.sleep(0.02)


def table(
    options: argparse.Namespace,
    peers: list[Peer],
    seconds: dict[tuple[str, str], list[float]],
    memory: dict[str, float],
) -> str:
    """Medians, and in brackets the ratio to Hugo."""
    lines = [
        f"# {options.posts} posts",
        "",
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; medians of"
        f" {options.rounds} rounds in turns, seconds of whole processes; in brackets: as a ratio to Hugo.",
        "",
        "| row | " + " | ".join(peer.name for peer in peers) + " |",
        "|---" * (len(peers) + 1) + "|",
    ]
    for row in ROWS:
        base = seconds.get(("hugo", row))
        cells = []
        for peer in peers:
            median = statistics.median(seconds[peer.name, row])
            ratio = f" ({median / statistics.median(base):.3f})" if base else ""
            cells.append(f"{median:.2f}{ratio}")
        lines.append(f"| {row} | " + " | ".join(cells) + " |")
    cells = []
    for peer in peers:
        ratio = f" ({memory[peer.name] / memory['hugo']:.2f})" if "hugo" in memory else ""
        cells.append(f"{memory[peer.name]:.0f}{ratio}")
    lines.append("| peak memory, cold, MB | " + " | ".join(cells) + " |")
    lines.append("")
    for peer in peers:
        folder = HERE / "work" / "0" / peer.name
        version = subprocess.run(peer.version, cwd=folder, capture_output=True, text=True, check=False).stdout
        last = version.strip().splitlines()[-1] if version.strip() else "unknown"
        lines.append(f"- {peer.name}: {last.partition(' from ')[0].partition(' linux')[0]}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
