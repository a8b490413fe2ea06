#!/usr/bin/env bash
# Creates the PostgreSQL roles users_owner and users_command, or sets their passwords anew. It can run at any time.
# In a container of the official image, mount this folder at /docker-entrypoint-initdb.d: it then runs at the first start.
# On a server of your own: PGHOST=... PGPASSWORD=... POSTGRES_USER=postgres POSTGRES_DB=users containers/postgres/roles.sh
#
# Passwords: USERS_OWNER_PASSWORD and USERS_COMMAND_PASSWORD, or files that hold them: USERS_OWNER_PASSWORD_FILE and
# USERS_COMMAND_PASSWORD_FILE. They appear on no command line and in no log of the server.

# In a subshell: the image sources files that are not executable, and its own options must stay as they are.
(
    set -euo pipefail

    # Exports $1 from the file that $1_FILE names, if it is set.
    read_secret() {
        local file="$1_FILE"
        if [ -n "${!file:-}" ]; then
            printf -v "$1" '%s' "$(<"${!file}")"
        fi
        if [ -z "${!1:-}" ]; then
            echo "roles.sh: set $1 or $1_FILE" >&2
            exit 1
        fi
        export "${1?}"
    }
    read_secret USERS_OWNER_PASSWORD
    read_secret USERS_COMMAND_PASSWORD

    roles="$(dirname "${BASH_SOURCE[0]}")/sql/roles.sql"
    user="${POSTGRES_USER:-postgres}"
    psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --username="$user" --dbname="${POSTGRES_DB:-$user}" <<PSQL
set log_statement = 'none';
set log_min_duration_statement = -1;
set log_min_error_statement = 'panic';
\getenv owner_password USERS_OWNER_PASSWORD
\getenv command_password USERS_COMMAND_PASSWORD
select set_config('users.owner_password', :'owner_password', false) \g /dev/null
select set_config('users.command_password', :'command_password', false) \g /dev/null
\include $roles
PSQL
)
