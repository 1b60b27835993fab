# The bot in a small image: no build tools, no pip of its own, no root. See docs/deploy/containers.md.
# tests/deploy/test_image.py runs these steps as an unprivileged user.

FROM python:3.11-slim AS build
RUN python -m venv /opt/venv
COPY requirements.lock /opt/
RUN /opt/venv/bin/python -m pip install --quiet --no-cache-dir --disable-pip-version-check \
        --require-hashes --only-binary :all: -r /opt/requirements.lock \
    && /opt/venv/bin/python -m pip uninstall --quiet --yes pip setuptools \
    && mkdir /data
COPY adapters /opt/introducer/adapters
COPY bot /opt/introducer/bot
COPY cogs /opt/introducer/cogs
COPY storage /opt/introducer/storage
COPY config.example.toml pyproject.toml LICENSE /opt/introducer/
RUN /opt/venv/bin/python -m compileall -q /opt/introducer

FROM python:3.11-slim
COPY --from=build /opt/venv /opt/venv
COPY --from=build --chown=10001:10001 /data /data
COPY --from=build /opt/introducer /opt/introducer
ENV PATH=/opt/venv/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONPATH=/opt/introducer \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    INTRODUCER_HTTP__PORT=8090
# The database and config.toml; everything else may be read-only.
WORKDIR /data
VOLUME /data
USER 10001:10001
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=6s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8090/readyz', timeout=5)"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]
