#!/usr/bin/env python3
"""Converts folders of frames into tensor shards that `bitcurve` reads as `clip-shards:OUT`.

    python3 clip_shards.py --from KINETICS --to OUT --length 16 --size 112

KINETICS holds one folder per class, in it one folder per video, in it the frames, whose names in order are their order in time:

    train/juggling/video1/0001.jpg ...     val/juggling/video9/0001.jpg ...     test/... (optional)

("validation" may stand for "val"; `ffmpeg -i VIDEO.mp4 -r 15 FOLDER/%04d.jpg` makes such a folder.) OUT gets train-00000.safetensors
..., validation-00000.safetensors ... and, where there is a test folder, test-00000.safetensors ...

A shard is a safetensors file: `clips` (U8, N x 3 x L x H x W), `labels` (I64, N), and as metadata `format` = "bitcurve-clip-shards/1",
`classes` (JSON list of the class folders' names, sorted; a label is a position in it) and `shards` (how many the split has).

A clip is the middle of its video: L frames, each --stride frames after the one before; where the video is too short for that, at the
largest stride that fits, and where it has fewer than L frames, the last one is repeated. Frames are resized and cropped like images
(see imagenet_shards.py, which must lie beside this script); videos are ordered by the SHA-256 of CLASS/VIDEO, so classes are mixed, and
the same folders give the same bytes. After an interruption the same command goes on with the first missing shard.

JPEG, PNG and the like need the package Pillow. Binary .ppm files (P6, 255 levels) need nothing but Python 3.8.
"""
import argparse
import functools
import hashlib
import json
import multiprocessing
import os
import struct
import sys

import imagenet_shards as images

FORMAT = "bitcurve-clip-shards/1"


def chosen(count, length, stride):
    """The numbers of the frames of a clip from a video of `count` frames."""
    step = max(1, min(stride, (count - 1) // max(1, length - 1)))
    first = max(0, (count - 1 - step * (length - 1)) // 2)
    return [min(first + step * k, count - 1) for k in range(length)]


def frames_of(video):
    names = sorted(name for name in os.listdir(video) if name.lower().endswith(images.EXTENSIONS))
    if not names:
        raise images.Refused(f"{video}: expected frames ({', '.join(images.EXTENSIONS)}), actual none")
    return [os.path.join(video, name) for name in names]


def clip(video, length, stride, resize, size):
    """3 x length x size x size bytes: the red planes of all frames, then green, then blue."""
    paths = frames_of(video)
    decoded = {}
    for number in chosen(len(paths), length, stride):
        if number not in decoded:
            decoded[number] = images.planes(paths[number], resize, size)
    plane = size * size
    frames = [decoded[number] for number in chosen(len(paths), length, stride)]
    return b"".join(frame[channel * plane:(channel + 1) * plane] for channel in range(3) for frame in frames)


def listed(folder, classes):
    """[(path, label)] of all videos, in the order of the hash of CLASS/VIDEO."""
    unknown = sorted(set(images.class_names(folder)) - set(classes))
    if unknown:
        raise images.Refused(f"{folder}: expected the classes of the training videos, actual also {unknown[0]}")
    found = []
    for label, name in enumerate(classes):
        inside = os.path.join(folder, name)
        for video in images.class_names(inside) if os.path.isdir(inside) else []:
            key = hashlib.sha256(f"{name}/{video}".encode("utf-8", "surrogateescape")).digest()
            found.append((key, os.path.join(inside, video), label))
    if not found:
        raise images.Refused(f"{folder}: expected folders of frames in the classes' folders, actual none")
    return [(path, label) for _, path, label in sorted(found)]


def header(count, arguments, classes, shards):
    """What a shard begins with; it names every argument that its clips depend on."""
    shape = [count, 3, arguments.length, arguments.size, arguments.size]
    clip_bytes = count * 3 * arguments.length * arguments.size * arguments.size
    text = json.dumps({
        "__metadata__": {"format": FORMAT, "classes": json.dumps(classes), "shards": str(shards),
                         "resize": str(arguments.resize), "stride": str(arguments.stride)},
        "clips": {"dtype": "U8", "shape": shape, "data_offsets": [0, clip_bytes]},
        "labels": {"dtype": "I64", "shape": [count], "data_offsets": [clip_bytes, clip_bytes + 8 * count]},
    }, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text


def convert(arguments, decode):
    folders = {split: images.find_split(arguments.source, names) for split, names in images.SPLITS}
    for split in ("train", "validation"):
        if folders[split] is None:
            raise images.Refused(f"{arguments.source}: expected a folder {split}, actual none")
    classes = images.class_names(folders["train"])
    os.makedirs(arguments.target, exist_ok=True)
    for split, folder in folders.items():
        videos = listed(folder, classes) if folder else []
        parts = [videos[first:first + arguments.shard] for first in range(0, len(videos), arguments.shard)]
        for number, part in enumerate(parts):
            path = os.path.join(arguments.target, f"{split}-{number:05}.safetensors")
            head = header(len(part), arguments, classes, len(parts))
            if not (os.path.exists(path) and images.is_same(path, head)):
                images.write_shard(path, head, part, decode([video for video, _ in part]))
                print(f"{path}: {len(part)} clips", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="source", required=True, help="folder with train/ and val/")
    parser.add_argument("--to", dest="target", required=True, help="folder for the shards")
    parser.add_argument("--length", type=int, default=16, help="frames of a clip (default 16)")
    parser.add_argument("--stride", type=int, default=1, help="from one frame of a clip to the next (default 1)")
    parser.add_argument("--size", type=int, default=112, help="pixels, square (default 112)")
    parser.add_argument("--resize", type=int, help="shorter side before cropping, pixels (default 8/7 of --size: 128 for 112)")
    parser.add_argument("--shard", type=int, default=1024, help="clips per shard (default 1024: 617 MB at 16 x 112 x 112)")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes that decode (default one per core)")
    arguments = parser.parse_args()
    arguments.resize = arguments.resize or round(arguments.size * 8 / 7)
    least = min(arguments.size, arguments.length, arguments.stride, arguments.shard, arguments.workers)
    if least < 1 or arguments.resize < arguments.size:
        parser.error("expected --size, --length, --stride, --shard and --workers of at least 1, and --resize of at least --size")
    decode_one = functools.partial(
        clip, length=arguments.length, stride=arguments.stride, resize=arguments.resize, size=arguments.size)
    try:
        if arguments.workers == 1:
            convert(arguments, lambda videos: map(decode_one, videos))
        else:
            with multiprocessing.Pool(arguments.workers) as pool:
                convert(arguments, lambda videos: pool.imap(decode_one, videos, chunksize=4))
    except images.Refused as error:
        print(error, file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
