#!/usr/bin/env bash
# Writes docs/guide/en/commands.md and docs/guide/zh-CN/commands.md from the commands' own --help.
# Usage: commands_guide.sh PROGRAM [FOLDER]: FOLDER instead of docs/guide, to compare.
set -euo pipefail
zifa=$1
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=${2:-$root/docs/guide}
mapfile -t names < <(sed -n 's/^ *\.name = "\([a-z ]*\)".*/\1/p' "$root"/src/cli/commands/*.cpp | sort)

page() {  # LANGUAGE TITLE INTRODUCTION
  mkdir -p "$out/$1"
  {
    echo "# $2"
    echo
    echo "$3"
    local name chinese
    for name in "${names[@]}"; do
      echo
      echo "## zifa $name"
      echo
      if [ "$1" = zh-CN ]; then
        chinese=$(awk -F '\t' -v name="$name" '$1 == name { print $2 }' "$root/docs/guide/zh-CN/commands.tsv")
        [ -n "$chinese" ] || { echo "docs/guide/zh-CN/commands.tsv has no line for \"$name\"" >&2; exit 1; }
        echo "$chinese"
        echo
      fi
      echo '```text'
      # shellcheck disable=SC2086
      "$zifa" $name --help
      echo '```'
    done
  } >"$out/$1/commands.md"
}

page en Commands "Every command, as \`zifa COMMAND --help\` tells it. Results go to standard output, messages to standard error. A command ends with 0 when everything was done, 1 when some rows were refused (each is named), 2 when the call or the input is wrong. This page is written by \`./dev docs\`."
page zh-CN 命令 "全部命令，内容与 \`zifa 命令 --help\` 一致。结果写到标准输出，提示写到标准错误。退出码：0 全部完成；1 有些行被拒绝（逐行说明原因，其余照常处理）；2 用法错误或输入无法读取。本页由 \`./dev docs\` 生成。"
