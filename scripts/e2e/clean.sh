# Sourced by the scripts that run containers for a test: `clean MARK` removes everything with that run's mark, and
# nothing else on this machine.
# shellcheck shell=bash
clean() {
  local mark=$1 network image
  docker info >/dev/null 2>&1 || return 0
  docker ps --all --format '{{.ID}} {{.Label "com.docker.compose.project"}}' \
    | awk -v mark="$mark" 'index($2, mark) == 1 { print $1 }' \
    | xargs -r docker rm --force --volumes >/dev/null
  for network in $(docker network ls --format '{{.Name}}' | grep "^$mark"); do
    # Workers of an agent that was killed.
    docker ps --all --quiet --filter "network=$network" | xargs -r docker rm --force >/dev/null
    docker network rm "$network" >/dev/null
  done
  docker volume ls --format '{{.Name}}' | grep "^$mark" | xargs -r docker volume rm --force >/dev/null
  docker image ls --format '{{.Repository}}:{{.Tag}}' | grep -E ":$mark(-|$)|^$mark" \
    | xargs -r docker image rm --force >/dev/null
  for image in $(docker image ls --format '{{.Repository}}:{{.Tag}}' esb-lambda-base); do
    # An image that was built on a stand-in must not be used as AWS's later.
    case "$(docker image inspect --format '{{index .Config.Labels "org.opencontainers.image.base.name"}}' "$image")" in
      esb-e2e/*) docker image rm --force "$image" >/dev/null ;;
    esac
  done
}

# What `clean MARK` would have to remove: containers, networks, volumes, one to a line.
left() {
  docker ps --all --format '{{.Names}}' | grep "^$1"
  docker network ls --format '{{.Name}}' | grep "^$1"
  docker volume ls --format '{{.Name}}' | grep "^$1"
}
