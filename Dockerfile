# One base for all stages: the same system that `make run` is tested on. Node.js comes from its
# Python wheel, so no second base image has to be trusted or mirrored.
# What Python compiles it keeps below /tmp (PYTHONPYCACHEPREFIX): what Debian compiled is unused.
FROM docker.io/library/debian:bookworm-slim AS base
ENV LANG=C.UTF-8 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends \
      ca-certificates python3 tzdata \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/* \
 && find /usr/lib/python3* -name __pycache__ -prune -exec rm -rf {} +
WORKDIR /app

FROM base AS tools
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3-venv \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/*

# The PWA.
FROM tools AS pwa
COPY requirements/node.txt requirements/
RUN python3 -m venv /opt/node \
 && /opt/node/bin/pip install --quiet --require-hashes -r requirements/node.txt
ENV PATH=/opt/node/bin:$PATH
WORKDIR /app/pwa
COPY pwa/package.json pwa/package-lock.json pwa/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY pwa ./
# The verifier page speaks the server's words and holds packs to the server's schemas.
COPY server/anfang/packs/*.schema.json /app/server/anfang/packs/
COPY server/anfang/locales /app/server/anfang/locales
RUN npm run build

# The typefaces of official documents; only the files that the documents use. The two collections
# hold five writing systems each: of them only the face for simplified Chinese (their third),
# without the shapes of the others, is half as large.
FROM tools AS fonts
COPY tools/install-fonts.sh tools/
RUN tools/install-fonts.sh \
 && apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends fonttools
RUN for face in SerifCJK-Bold SansCJK-Regular; do \
      fonttools subset "/usr/share/fonts/opentype/noto/Noto$face.ttc" --font-number=2 \
        --unicodes='*' --layout-features-=locl --name-languages='*' --output-file=".tools/fonts/Noto$face-SC.otf" || exit 1; \
    done \
 && cp /usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf .tools/fonts/ \
 && cp /usr/share/doc/fonts-noto-cjk/copyright .tools/fonts/COPYING.noto \
 && cp /usr/share/doc/fonts-lxgw-wenkai/copyright .tools/fonts/COPYING.lxgw-wenkai

# The server's packages, and the package itself where it will run. Wheels carry symbols for
# debuggers and tests of their own, and are compiled at their first import.
FROM tools AS server
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends binutils \
 && rm -rf /var/lib/apt/lists/* /var/cache/apt/*
COPY requirements/build.txt requirements/runtime.txt requirements/
RUN python3 -m venv .venv \
 && .venv/bin/pip install --quiet --require-hashes --prefer-binary --no-compile \
      -r requirements/build.txt -r requirements/runtime.txt \
 && find .venv/lib/python3*/site-packages/babel/locale-data -type f \
      ! -name 'zh*' ! -name 'en*' ! -name root.dat -delete \
 && rm -rf .venv/lib/python3*/site-packages/Crypto/SelfTest \
 && find .venv -type f -name '*.so*' -exec strip --strip-unneeded {} +
COPY pyproject.toml README.md ./
COPY server server
RUN .venv/bin/pip install --quiet --no-deps --no-build-isolation --no-compile --editable . \
 && .venv/bin/pip uninstall --quiet --yes setuptools pip \
 && find .venv -name __pycache__ -prune -exec rm -rf {} +

FROM base
ENV ANFANG_DATA=/data ANFANG_HOST=0.0.0.0 PORT=8000 \
    ANFANG_ORIGIN=http://127.0.0.1:8000 PATH=/app/.venv/bin:$PATH \
    PYTHONPYCACHEPREFIX=/tmp/pycache
COPY --from=server /app /app
COPY --from=pwa /app/pwa/dist /app/pwa/dist
COPY --from=fonts /app/.tools/fonts /app/.tools/fonts
COPY migrations migrations
RUN useradd --system --uid 10001 --home-dir /data anfang \
 && install -d -o anfang -g anfang -m 0700 /data
USER anfang
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["anfang", "serve"]
