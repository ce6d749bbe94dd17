#!/bin/sh
# Makes the clips of this folder again. It needs espeak-ng (1.51 made them) and ffmpeg (5.1), which nothing else here needs:
#   apt-get install espeak-ng ffmpeg
# The voices are espeak-ng's own, synthesised by rules: nobody was recorded.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
convert() { ffmpeg -v error -y "$@"; }

espeak-ng -v en-gb -s 165 -w "$work/en.wav" "In March our checkout failed on every second Friday, and I was on call. \
I read the slow query log, found a report that locked the order table, and moved it to a replica. \
As a result the failures stopped within a week."
espeak-ng -v de -s 150 -w "$work/de.wav" "Im März fiel unser Bestellsystem jeden zweiten Freitag aus. \
Ich fand die Abfrage, die die Tabelle sperrte, und verschob die Abfrage."

# As browsers record: without a length in the head, because it is not known when the head is written.
convert -i "$work/en.wav" -ac 1 -c:a libopus -b:a 12k -live 1 -f webm answer.webm
convert -i "$work/en.wav" -ac 1 -ar 16000 -c:a aac -b:a 16k -movflags frag_keyframe+empty_moov answer.m4a
convert -i "$work/en.wav" -ac 1 -ar 16000 -c:a libmp3lame -b:a 16k answer.mp3
convert -i "$work/en.wav" -t 3 -ac 1 -ar 8000 answer.wav
convert -i "$work/de.wav" -ac 1 -c:a libopus -b:a 12k german.ogg
convert -f lavfi -i anullsrc=r=48000:cl=mono -t 4 -c:a libopus -b:a 24k -live 1 -f webm silence.webm
convert -f lavfi -i anullsrc=r=16000:cl=mono -t 4 -c:a libmp3lame -b:a 24k silence.mp3
convert -f lavfi -i anoisesrc=d=4:c=pink:a=0.2:r=16000 -c:a libopus -b:a 12k noise.ogg
