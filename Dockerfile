# One image per service: docker build --target command . (or query, notification, gateway, mails, standalone)
# docker-compose.yml builds and starts all of them; docs/containers.md explains the settings.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /build
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY command-service/pom.xml command-service/
COPY embedded-servers/pom.xml embedded-servers/
COPY gateway/pom.xml gateway/
COPY notification-service/pom.xml notification-service/
COPY query-service/pom.xml query-service/
COPY shared-events/pom.xml shared-events/
COPY shared-kafka/pom.xml shared-kafka/
COPY shared-management/pom.xml shared-management/
COPY shared-pages/pom.xml shared-pages/
COPY shared-settings/pom.xml shared-settings/
COPY shared-web/pom.xml shared-web/
COPY standalone/pom.xml standalone/
COPY system-tests/pom.xml system-tests/
COPY test-servers/pom.xml test-servers/
ENV MAVEN_OPTS=--sun-misc-unsafe-memory-access=allow \
    PROGRAMS=command-service,query-service,notification-service,gateway,standalone
# This layer holds the libraries and changes only with a pom: it compiles one empty class instead of the sources.
RUN mkdir -p shared-events/src/main/java && echo 'class Empty {}' >shared-events/src/main/java/Empty.java \
    && ./mvnw -q -ntp package -Dmaven.test.skip -Dspotless.check.skip -Dspring-boot.repackage.skip -pl "$PROGRAMS" -am \
    && rm -r ./*/target shared-events/src
COPY . .
RUN ./mvnw -q -ntp package -Dmaven.test.skip -Dspotless.check.skip -pl "$PROGRAMS" -am \
    && for program in $(echo "$PROGRAMS" | tr , ' '); do \
        java -Djarmode=tools -jar "$program"/target/*-exec.jar extract --layers --destination "/programs/$program" || exit 1; \
        mv "/programs/$program"/application/*.jar "/programs/$program/application/app.jar"; \
    done && java containers/RecordingKeys.java >/programs/recording-keys

FROM eclipse-temurin:25-jre AS base
LABEL org.opencontainers.image.title="Users" \
    org.opencontainers.image.description="An event-sourced user service" \
    org.opencontainers.image.licenses="Apache-2.0" \
    org.opencontainers.image.version="1.0.0-SNAPSHOT"
COPY containers/ready containers/record /usr/local/bin/
COPY containers/java.options /usr/local/etc/
# PostgreSQL looks its user up by number; /data is where standalone and mails keep their files
RUN echo 'users:x:10001:10001::/tmp:/usr/sbin/nologin' >>/etc/passwd && install -d -o 10001 -g 10001 -m 700 /data \
    && install -d -o 10001 -g 10001 /aot
WORKDIR /app
# a number, so that Kubernetes can check that it is not root
USER 10001:10001
# files in /run/secrets are settings by their names, such as users.master-key
ENV SERVER_ADDRESS=0.0.0.0 \
    SPRING_CONFIG_IMPORT=optional:configtree:/run/secrets/
STOPSIGNAL SIGTERM
ENTRYPOINT ["java", "@/usr/local/etc/java.options", "-XX:AOTCache=/aot/app.aot", "-jar", "app.jar"]

FROM base AS command
COPY --from=build /programs/command-service/dependencies/ ./
COPY --from=build /programs/command-service/application/ ./
COPY --from=build /programs/recording-keys /usr/local/etc/
RUN record $(cat /usr/local/etc/recording-keys)
EXPOSE 8081 8091
HEALTHCHECK --interval=5s --timeout=5s --start-period=120s --retries=3 CMD ["ready", "8091"]

FROM base AS query
COPY --from=build /programs/query-service/dependencies/ ./
COPY --from=build /programs/query-service/application/ ./
RUN record
EXPOSE 8082 8092
HEALTHCHECK --interval=5s --timeout=5s --start-period=120s --retries=3 CMD ["ready", "8092"]

FROM base AS notification
COPY --from=build /programs/notification-service/dependencies/ ./
COPY --from=build /programs/notification-service/application/ ./
COPY --from=build /programs/recording-keys /usr/local/etc/
RUN record $(cat /usr/local/etc/recording-keys)
EXPOSE 8093
HEALTHCHECK --interval=5s --timeout=5s --start-period=120s --retries=3 CMD ["ready", "8093"]

FROM base AS gateway
COPY --from=build /programs/gateway/dependencies/ ./
COPY --from=build /programs/gateway/application/ ./
RUN record
EXPOSE 8080 8090
HEALTHCHECK --interval=5s --timeout=5s --start-period=120s --retries=3 CMD ["ready", "8090"]

# what mails and standalone share
FROM base AS all-in-one
COPY --from=build /programs/standalone/dependencies/ ./
COPY --from=build /programs/standalone/application/ ./
ENV USERS_DATA=/data USERS_EMBEDDED_MAIL_ADDRESS=0.0.0.0
RUN record
VOLUME /data

FROM all-in-one AS mails
EXPOSE 1025 8025
HEALTHCHECK --interval=5s --timeout=5s --start-period=60s --retries=3 CMD ["ready", "8025", "/mails.json"]
CMD ["mails"]

FROM all-in-one AS standalone
EXPOSE 8025 8080 8090
HEALTHCHECK --interval=5s --timeout=5s --start-period=120s --retries=3 CMD ["ready", "8090"]
