# A worker that trains on the CPU, with Debian's libtorch.
#   docker build -f deploy/docker/worker-cpu.Dockerfile -t bitcurve-worker-cpu:0.1.0 .

FROM ubuntu:26.04 AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates dotnet-sdk-10.0 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src src
# With its runtime, for any glibc: the last stage is another distribution. "libtorch not found" is expected here.
RUN dotnet publish src/Search/Search.csproj -c Release -r linux-x64 --self-contained -o /app

# The bridge is compiled against the libtorch that the last stage has.
FROM debian:12-slim AS bridge
RUN apt-get update \
 && apt-get install -y --no-install-recommends g++ libtorch-dev \
 && rm -rf /var/lib/apt/lists/*
COPY src/Torch/Native /native
RUN sh /native/build.sh /bridge

FROM debian:12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libopenblas0-openmp libssl3 libtorch1.13 \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 bitcurve \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin bitcurve \
 && install -d -o 10001 -g 10001 -m 750 /data \
 && ln -s /app/bitcurve /usr/local/bin/bitcurve
COPY --from=build /app /app
COPY --from=bridge /bridge/libbitcurve_torch.so /app/
COPY --chmod=755 deploy/docker/worker-alive.sh /usr/local/bin/worker-alive
# As the launcher sets them: threads that spin shortly, garbage in small portions. BITCURVE_CACHE keeps trained baselines.
ENV OMP_WAIT_POLICY=PASSIVE GOMP_SPINCOUNT=1000 DOTNET_GCgen0size=0x400000 BITCURVE_CACHE=/data/baselines
USER 10001:10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=3s --start-period=60s --retries=5 CMD ["worker-alive"]
# The server's address comes in BITCURVE_SERVER, the file with the token in BITCURVE_TOKEN_FILE.
CMD ["bitcurve", "worker", "--devices", "cpu", "--data", "/data"]
