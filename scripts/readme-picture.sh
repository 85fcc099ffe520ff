#!/usr/bin/env bash
# Makes docs/screen.png from a demo of six minutes, so that the graph has something to tell: three checkpoints, and a while with
# more sampling steps.
set -euo pipefail
cd "$(dirname "$0")/.."

minutes() { echo "look:$(($1 * 60000))"; }
checkpoint() { steps+=(press:c "wait:Checkpoint" "type:$1" press:enter "wait:generating"); }
sampling_steps() { steps+=(press:o "wait:Parameters" press:down press:down press:ctrl-u "type:$1" press:enter "wait:generating"); }

steps=("wait:generating" "$(minutes 2)")
checkpoint noir
steps+=("$(minutes 1)")
sampling_steps 32
steps+=("$(minutes 1)")
checkpoint neon
steps+=("$(minutes 1)")
sampling_steps 20
steps+=("$(minutes 1)" look:900)

arguments=()
for step in "${steps[@]}"; do arguments+=(--step "$step"); done
node scripts/picture-of-the-screen.ts docs/screen.png "${arguments[@]}" -- \
  --demo --model demo-landscape --prompt 'a lighthouse at dusk, oil on canvas, warm light, long shadows'
