"""The FP32 step of resnet20 with Python's torch, from the weights and the batch that our side wrote.

    resnet20_step.py compare STATE                       exit code 1 unless logits and losses agree
    resnet20_step.py time STATE THREADS STEPS WARM_UP    wall and processor milliseconds of each step as JSON
"""
import json
import struct
import sys
import time

import torch
from torch import nn
from torch.nn import functional

# Both sides call the same kernels; sums may only differ in the last bits where memory layouts do.
LOGITS_TOLERANCE = 1e-4
LOSS_TOLERANCE = 1e-4


def read_safetensors(path):
    with open(path, "rb") as file:
        content = file.read()
    size = struct.unpack("<Q", content[:8])[0]
    header = json.loads(content[8:8 + size])
    data = memoryview(bytearray(content[8 + size:]))
    tensors = {}
    for name, entry in header.items():
        if name != "__metadata__":
            dtype = {"F32": torch.float32, "I64": torch.int64}[entry["dtype"]]
            begin, end = entry["data_offsets"]
            tensors[name] = torch.frombuffer(data[begin:end], dtype=dtype).reshape(entry["shape"]).clone()
    return tensors


class BasicBlock(nn.Module):
    """Two 3x3 convolutions; where the width changes the identity is subsampled and padded with zero channels (option A)."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.stride = stride
        self.front = (outputs - inputs) // 2

    def forward(self, x):
        y = functional.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        if self.stride != 1:
            x = functional.pad(x[:, :, ::self.stride, ::self.stride], (0, 0, 0, 0, self.front, self.front))
        return functional.relu(x + y)


class ResNet20(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        self.layer1 = nn.Sequential(*[BasicBlock(16, 16, 1) for _ in range(3)])
        self.layer2 = nn.Sequential(BasicBlock(16, 32, 2), BasicBlock(32, 32, 1), BasicBlock(32, 32, 1))
        self.layer3 = nn.Sequential(BasicBlock(32, 64, 2), BasicBlock(64, 64, 1), BasicBlock(64, 64, 1))
        self.fc = nn.Linear(64, 10)

    def forward(self, x):
        x = functional.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.fc(x.mean((2, 3)))


class Training:
    def __init__(self, state):
        self.network = ResNet20()
        weights = {name: value for name, value in state.items() if not name.startswith("bench.")}
        missing = self.network.load_state_dict(weights, strict=False)
        assert not missing.unexpected_keys, missing
        assert all(name.endswith("num_batches_tracked") for name in missing.missing_keys), missing
        self.network = self.network.to(memory_format=torch.channels_last)
        self.input = state["bench.input"].to(memory_format=torch.channels_last)
        self.target = state["bench.target"]
        self.optimizer = torch.optim.SGD(self.network.parameters(), 1e-3, momentum=0.9, weight_decay=5e-4)

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = functional.cross_entropy(self.network(self.input), self.target)
        loss.backward()
        self.optimizer.step()
        return loss.item()


def compare(state):
    training = Training(state)
    logits = (training.network(training.input) - state["bench.logits"]).abs().max().item()
    losses = max(abs(training.step() - loss) for loss in state["bench.losses"].tolist())
    print(f"python torch {torch.__version__}: logits differ by at most {logits:.1e}, losses of {len(state['bench.losses'])} steps by {losses:.1e}")
    return 0 if logits <= LOGITS_TOLERANCE and losses <= LOSS_TOLERANCE else 1


def measure(state, threads, steps, warm_up):
    torch.set_num_threads(threads)
    training = Training(state)
    for _ in range(warm_up):
        training.step()
    times = []
    for _ in range(steps):
        processor, wall = time.process_time(), time.perf_counter()
        training.step()
        times.append([1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - processor)])
    print(json.dumps(times))
    return 0


if __name__ == "__main__":
    command, path, *numbers = sys.argv[1:]
    content = read_safetensors(path)
    sys.exit(compare(content) if command == "compare" else measure(content, *map(int, numbers)))
