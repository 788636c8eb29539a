FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# With optional dependencies: the compiler's own binary is one of them.
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY examples/dashboard ./examples/dashboard
RUN npm run build && find dist -name '*.map' -delete && rm dist/.built

FROM node:26-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# No package of these needs its install script. The optional Node.js is for machines with an older one.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund && rm -rf node_modules/node-linux-* node_modules/.bin
# npm lists what is installed only if package.json asks for nothing else.
RUN npm pkg delete devDependencies scripts && npm sbom --sbom-format cyclonedx --sbom-type application > sbom.cdx.json
# Declarations, sources and their maps are for compilers and debuggers.
RUN find node_modules -type f '(' -name '*.ts' -o -name '*.cts' -o -name '*.mts' -o -name '*.map' -o -name '*.tsbuildinfo' -o -iname 'readme*.md' -o -iname 'changelog*.md' ')' -delete

# Nothing is run in the last stage, so that no cache of npm and no build tool of ours is in any of its layers.
FROM node:26-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
COPY --from=dependencies /app/package.json ./
COPY --from=dependencies /app/sbom.cdx.json ./
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY docs ./docs
# By number, so that Kubernetes can tell that it is not root. Nothing in the image belongs to it, and any other user does as well.
USER 1000:1000
EXPOSE 4000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s CMD node dist/server/http/health-check.js "$PORT"
CMD ["node", "dist/main.js"]
