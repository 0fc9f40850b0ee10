#!/usr/bin/env python3
"""Converts folders of images into tensor shards that `bitcurve` reads as `shards:OUT`.

    python3 imagenet_shards.py --from IMAGENET --to OUT --size 224

IMAGENET is the usual layout, one folder per class:

    train/n01440764/*.JPEG ...     val/n01440764/*.JPEG ...     test/n01440764/*.JPEG ... (optional)

("validation" may stand for "val".) OUT gets train-00000.safetensors ..., validation-00000.safetensors ... and, where there is a
test folder, test-00000.safetensors ... Without one, bitcurve takes the second half of the validation images as its test split.

A shard is a safetensors file: `images` (U8, N x 3 x H x W), `labels` (I64, N), and as metadata `format` = "bitcurve-shards/1",
`classes` (JSON list of the class folders' names, sorted; a label is a position in it) and `shards` (how many the split has).

Each image's shorter side is resized to --resize pixels (default 8/7 of --size: 256 for 224), then the centre is cropped: bilinear
with antialiasing, as torchvision prepares images for its weights (.ppm files: by area average). The images of a split are ordered by the SHA-256 of CLASS/FILE, so classes are mixed, and the same folders give the same bytes.
A shard appears under its name only when it is complete: after an interruption the same command goes on with the first missing one.

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

FORMAT = "bitcurve-shards/1"
SPLITS = (("train", ("train",)), ("validation", ("validation", "val")), ("test", ("test",)))
EXTENSIONS = (".jpeg", ".jpg", ".png", ".bmp", ".ppm")


class Refused(Exception):
    """What is wrong with the input, in one line."""


def decode_ppm(path):
    """(width, height, bytes R G B R G B ...) of a binary portable pixmap."""
    with open(path, "rb") as file:
        data = file.read()
    fields, position = [], 0
    while len(fields) < 4:
        while data[position:position + 1].isspace():
            position += 1
        if data[position:position + 1] == b"#":
            position = data.find(b"\n", position) % (len(data) + 1)
            continue
        start = position
        while position < len(data) and not data[position:position + 1].isspace():
            position += 1
        if start == position:
            raise Refused(f"{path}: header at byte {start}: expected P6 WIDTH HEIGHT 255, actual the end of the file")
        fields.append(data[start:position])
    if fields[0] != b"P6" or fields[3] != b"255" or not (fields[1].isdigit() and fields[2].isdigit()):
        raise Refused(f"{path}: header at byte 0: expected P6 WIDTH HEIGHT 255, actual {b' '.join(fields)[:60]!r}")
    width, height = int(fields[1]), int(fields[2])
    pixels = data[position + 1:]  # exactly one white space ends the header
    if width < 1 or height < 1 or len(pixels) < 3 * width * height:
        raise Refused(f"{path}: pixels at byte {position + 1}: expected {3 * width * height} bytes, actual {len(pixels)}")
    return width, height, pixels[:3 * width * height]


def weights(source, target):
    """For each of `target` equal parts of a line of `source` pixels: [(pixel, share of the part)]."""
    parts = []
    for part in range(target):
        begin, end = part * source, (part + 1) * source  # in units of 1 / target pixel
        pixels = range(begin // target, -(-end // target))
        parts.append([(p, (min(end, (p + 1) * target) - max(begin, p * target)) / source) for p in pixels])
    return parts


def resized_and_cropped(width, height, pixels, resize, size):
    """The centre, size x size x 3 bytes, of the image whose shorter side is averaged to `resize` pixels."""
    new_width, new_height, left, top = placement(width, height, resize, size)
    columns = weights(width, new_width)[left:left + size]
    result = bytearray()
    for row in weights(height, new_height)[top:top + size]:
        for column in columns:
            for channel in range(3):
                total = sum(
                    pixels[3 * (y * width + x) + channel] * row_share * column_share
                    for y, row_share in row for x, column_share in column)
                result.append(int(total + 0.5))
    return bytes(result)


def placement(width, height, resize, size):
    """Width and height after resizing, then left and top of the crop: rounded as torchvision rounds them."""
    new_width, new_height = (extent * resize // min(width, height) for extent in (width, height))
    return new_width, new_height, round((new_width - size) / 2), round((new_height - size) / 2)


def planes(path, resize, size):
    """3 x size x size bytes: the red plane, then green, then blue."""
    if path.lower().endswith(".ppm"):
        pixels = resized_and_cropped(*decode_ppm(path), resize, size)
    else:
        pixels = decoded_by_pillow(path, resize, size)
    return pixels[0::3] + pixels[1::3] + pixels[2::3]


def decoded_by_pillow(path, resize, size):
    try:
        from PIL import Image
    except ImportError:
        raise Refused(f"{path}: expected the package Pillow to decode it (pip install pillow), actual none") from None
    try:
        with Image.open(path) as image:
            new_width, new_height, left, top = placement(*image.size, resize, size)
            whole = image.convert("RGB").resize((new_width, new_height), Image.BILINEAR)
            return whole.crop((left, top, left + size, top + size)).tobytes()
    except (OSError, SyntaxError, ValueError) as error:
        raise Refused(f"{path}: expected an image, actual {error}") from None


def class_names(folder):
    return sorted(entry.name for entry in os.scandir(folder) if entry.is_dir())


def find_split(source, names):
    return next((folder for folder in (os.path.join(source, name) for name in names) if os.path.isdir(folder)), None)


def listed(folder, classes):
    """[(path, label)] of all images, in the order of the hash of CLASS/FILE."""
    unknown = sorted(set(class_names(folder)) - set(classes))
    if unknown:
        raise Refused(f"{folder}: expected the classes of the training images, actual also {unknown[0]}")
    found = []
    for label, name in enumerate(classes):
        inside = os.path.join(folder, name)
        for file in os.listdir(inside) if os.path.isdir(inside) else []:
            if file.lower().endswith(EXTENSIONS):
                key = hashlib.sha256(f"{name}/{file}".encode("utf-8", "surrogateescape")).digest()
                found.append((key, os.path.join(inside, file), label))
    if not found:
        raise Refused(f"{folder}: expected images in the classes' folders, actual none")
    return [(path, label) for _, path, label in sorted(found)]


def header(count, arguments, classes, shards):
    """What a shard begins with; it names every argument that its images depend on."""
    size = arguments.size
    image_bytes = count * 3 * size * size
    text = json.dumps({
        "__metadata__": {"format": FORMAT, "classes": json.dumps(classes), "shards": str(shards),
                         "resize": str(arguments.resize)},
        "images": {"dtype": "U8", "shape": [count, 3, size, size], "data_offsets": [0, image_bytes]},
        "labels": {"dtype": "I64", "shape": [count], "data_offsets": [image_bytes, image_bytes + 8 * count]},
    }, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text


def write_shard(path, head, part, decoded):
    temporary = f"{path}.partial"
    with open(temporary, "wb") as file:
        file.write(head)
        for image in decoded:
            file.write(image)
        file.write(struct.pack(f"<{len(part)}q", *(label for _, label in part)))
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)


def is_same(path, expected):
    """Whether a shard of an earlier run was made with these arguments from these folders."""
    with open(path, "rb") as file:
        if file.read(len(expected)) != expected:
            raise Refused(f"{path}: expected a shard made with the same arguments, actual another; remove it or choose another --to")
    return True


def convert(arguments, decode):
    folders = {split: find_split(arguments.source, names) for split, names in SPLITS}
    for split in ("train", "validation"):
        if folders[split] is None:
            raise Refused(f"{arguments.source}: expected a folder {split}, actual none")
    classes = class_names(folders["train"])
    os.makedirs(arguments.target, exist_ok=True)
    for split, folder in folders.items():
        images = listed(folder, classes) if folder else []
        parts = [images[first:first + arguments.shard] for first in range(0, len(images), arguments.shard)]
        for number, part in enumerate(parts):
            path = os.path.join(arguments.target, f"{split}-{number:05}.safetensors")
            head = header(len(part), arguments, classes, len(parts))
            if not (os.path.exists(path) and is_same(path, head)):
                write_shard(path, head, part, decode([image for image, _ in part]))
                print(f"{path}: {len(part)} images", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="source", required=True, help="folder with train/ and val/")
    parser.add_argument("--to", dest="target", required=True, help="folder for the shards")
    parser.add_argument("--size", type=int, default=224, help="pixels, square (default 224)")
    parser.add_argument("--resize", type=int, help="shorter side before cropping, pixels (default 8/7 of --size)")
    parser.add_argument("--shard", type=int, default=4096, help="images per shard (default 4096: 617 MB at 224)")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="processes that decode (default one per core)")
    arguments = parser.parse_args()
    arguments.resize = arguments.resize or round(arguments.size * 8 / 7)
    if min(arguments.size, arguments.shard, arguments.workers) < 1 or arguments.resize < arguments.size:
        parser.error("expected --size, --shard and --workers of at least 1, and --resize of at least --size")
    decode_one = functools.partial(planes, resize=arguments.resize, size=arguments.size)
    try:
        if arguments.workers == 1:
            convert(arguments, lambda paths: map(decode_one, paths))
        else:
            with multiprocessing.Pool(arguments.workers) as pool:
                convert(arguments, lambda paths: pool.imap(decode_one, paths, chunksize=16))
    except Refused as error:
        print(error, file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
