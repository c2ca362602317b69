# What ./run, ./test and ./dev share: the compiler cache, the packages, the screens, the build. Source it with `root` set.

# Objects compiled in one checkout serve every other one.
export CCACHE_BASEDIR="$root" CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_MAXSIZE=${CCACHE_MAXSIZE:-12G}

# What the build needs, as Debian 12 names it. CMakeLists.txt finds each of these; fonts and tzdata are read while running.
packages_to_build=(
  ca-certificates g++ cmake ninja-build ccache mold pkgconf
  libboost1.81-dev libboost-json1.81-dev libboost-container1.81-dev
  libhowardhinnant-date-dev libssl-dev libpq-dev libsqlite3-dev libsodium-dev
  libpango1.0-dev libcairo2-dev libpcre2-dev zlib1g-dev libbrotli-dev
  libzint-dev libxlsxwriter-dev libminizip-dev libexpat1-dev libpugixml-dev libzxing-dev
  tzdata fonts-wqy-microhei fonts-dejavu-core
)

say() { echo "$*" >&2; }

# The names of the packages that are not installed.
missing_packages() {
  comm -23 <(printf '%s\n' "$@" | sort -u) \
    <(dpkg-query -W -f '${Package} ${db:Status-Status}\n' "$@" 2>/dev/null | awk '$2 == "installed" { print $1 }' | sort -u)
}

# Installs what is missing; does nothing, and asks the network nothing, when all is there.
install_packages() {
  local missing as_root=()
  command -v dpkg-query >/dev/null || { say "This is no Debian: install the like of these yourself: $*"; return 0; }
  mapfile -t missing < <(missing_packages "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
      say "Missing packages. Run this as root, then start again: apt-get install ${missing[*]}"
      return 1
    fi
    as_root=(sudo)
  fi
  say "Installing ${#missing[@]} packages: ${missing[*]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null >&2
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >&2
}

# npm packages of a folder, when its lock has changed since they were installed.
npm_packages() {
  local folder=$1 lock
  lock=$(cat "$folder/package.json" "$folder/package-lock.json" | sha256sum)
  [ "$(cat "$folder/node_modules/.zifa-lock" 2>/dev/null)" != "$lock" ] || return 0
  command -v npm >/dev/null || install_packages nodejs npm
  say "Fetching the npm packages of $(basename "$folder")"
  (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error </dev/null >&2) || return 1
  echo "$lock" >"$folder/node_modules/.zifa-lock"
}

# web/dist, when its sources have changed since it was built.
build_screens() {
  local stamp="$root/build/screens.stamp" sources
  sources=$(cd "$root/web" && find index.html package.json package-lock.json svelte.config.js tsconfig.json vite.config.ts public scripts src -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum)
  [ "$(cat "$stamp" 2>/dev/null)" != "$sources" ] || [ ! -f "$root/web/dist/index.html" ] || return 0
  npm_packages "$root/web"
  say "Building the screens"
  (cd "$root/web" && npm run --silent build </dev/null >&2)
  mkdir -p "$root/build"
  echo "$sources" >"$stamp"
}

configure() {
  if [ ! -f "$root/build/$1/build.ninja" ]; then
    say "Configuring build/$1"
    (cd "$root" && cmake --preset "$1" >/dev/null)
  fi
}

# build PRESET [TARGET ...]. No more compilers at once than cores, or than memory holds.
build() {
  local preset=$1 cores memory_gb jobs
  shift
  configure "$preset"
  cores=$(nproc)
  memory_gb=$(awk '/MemAvailable/ { print int($2 / 1048576) }' /proc/meminfo)
  jobs=$((memory_gb < cores ? memory_gb : cores))
  cmake --build "$root/build/$preset" --parallel "$((jobs < 1 ? 1 : jobs))" ${1:+--target "$@"}
}
