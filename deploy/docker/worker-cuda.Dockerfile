# A worker that trains on NVIDIA GPUs, with the libtorch and CUDA libraries of the PyTorch package. The host needs NVIDIA's driver and
# container toolkit.
#   docker build -f deploy/docker/worker-cuda.Dockerfile -t bitcurve-worker-cuda:0.1.0 .

FROM ubuntu:26.04 AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates dotnet-sdk-10.0 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src src
# With its runtime, for any glibc: the last stage is another distribution. "libtorch not found" is expected here.
RUN dotnet publish src/Search/Search.csproj -c Release -r linux-x64 --self-contained -o /app

FROM debian:12-slim AS bridge
ARG TORCH_VERSION=2.7.1
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates g++ python3-venv \
 && rm -rf /var/lib/apt/lists/* \
 && python3 -m venv /opt/torch \
 && /opt/torch/bin/pip install --no-cache-dir "torch==${TORCH_VERSION}"
COPY src/Torch/Native /native
RUN LIBTORCH=/opt/torch/lib/python3.11/site-packages/torch sh /native/build.sh /bridge

FROM debian:12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libgomp1 libssl3 libstdc++6 \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 bitcurve \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin bitcurve \
 && install -d -o 10001 -g 10001 -m 750 /data \
 && ln -s /app/bitcurve /usr/local/bin/bitcurve
# The libraries only, without Python, where the bridge looks for them; they find CUDA's beside themselves.
COPY --from=bridge /opt/torch/lib/python3.11/site-packages/torch/lib /opt/torch/lib/python3.11/site-packages/torch/lib
COPY --from=bridge /opt/torch/lib/python3.11/site-packages/nvidia /opt/torch/lib/python3.11/site-packages/nvidia
COPY --from=build /app /app
COPY --from=bridge /bridge/libbitcurve_torch.so /app/
COPY --chmod=755 deploy/docker/worker-alive.sh /usr/local/bin/worker-alive
# As the launcher sets them: threads that spin shortly, garbage in small portions. BITCURVE_CACHE keeps trained baselines.
ENV OMP_WAIT_POLICY=PASSIVE GOMP_SPINCOUNT=1000 DOTNET_GCgen0size=0x400000 BITCURVE_CACHE=/data/baselines
# What the container toolkit is to let in: every GPU that the runtime grants, and the driver's libraries for computing.
ENV NVIDIA_VISIBLE_DEVICES=all NVIDIA_DRIVER_CAPABILITIES=compute,utility
USER 10001:10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=3s --start-period=120s --retries=5 CMD ["worker-alive"]
# The server's address comes in BITCURVE_SERVER, the file with the token in BITCURVE_TOKEN_FILE.
CMD ["bitcurve", "worker", "--devices", "all", "--data", "/data"]
