/**
 * A shell as a person has it around the program, with job control: says that the program was suspended and continues it at
 * Enter; ends a sequence that a terminal was frozen in the middle of (CAN); says how it ended and how it left the terminal; stays, so that all of this can be read. 148 is what a shell says of a program stopped by SIGTSTP (Linux).
 */
export const shellScript = `
set -m
"$@"
code=$?
while [ "$code" -eq 148 ]; do
  printf 'suspended\\n'
  read -r _
  fg >/dev/null
  code=$?
done
printf '\\030left with %s\\n' "$code"
stty -a
exec cat`;
