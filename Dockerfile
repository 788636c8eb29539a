FROM node:26-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# With optional dependencies: the compiler's own binary is one of them.
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY examples/dashboard ./examples/dashboard
RUN npm run build

FROM node:26-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional
COPY --from=build /app/dist ./dist
USER node
EXPOSE 4000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s CMD node dist/server/http/health-check.js "$PORT"
CMD ["node", "dist/main.js"]
