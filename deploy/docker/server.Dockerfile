# The search server. It needs no tensor library.
#   docker build -f deploy/docker/server.Dockerfile -t bitcurve-server:0.1.0 .

FROM ubuntu:26.04 AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates dotnet-sdk-10.0 \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src src
# With its runtime, for any glibc: the last stage is another distribution. "libtorch not found" is expected here.
RUN dotnet publish src/Search/Search.csproj -c Release -r linux-x64 --self-contained -o /app

FROM debian:12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates curl libssl3 libstdc++6 \
 && rm -rf /var/lib/apt/lists/* \
 && groupadd --gid 10001 bitcurve \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin bitcurve \
 && install -d -o 10001 -g 10001 -m 750 /data \
 && ln -s /app/bitcurve /usr/local/bin/bitcurve
COPY --from=build /app /app
# Garbage in small portions, as the launcher sets it.
ENV DOTNET_GCgen0size=0x400000
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 5080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=3 CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:5080/health/ready"]
# Others can reach it, so it starts only once /data/tokens has a token: deploy/README.md.
CMD ["bitcurve", "serve", "--data", "/data", "--listen", "http://*:5080"]
