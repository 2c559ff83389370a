# Runs PostgreSQL for as long as someone uses it, and starts it again when it dies.
# Input: the reading end of the pipe that each user holds open. It ends when the last user is gone, however it went.
# $1: the pipe's name, never used twice. A file of that name with .ready says that PostgreSQL once answered.
# The rest: the command to run.
users=$1
shift
trap '' HUP INT TERM
exec 3<&0 </dev/null
: >"$users.pid"

(
  read -r _ <&3
  rm -f "$users"
  read -r _ <&3 # someone may have come in just before the name went
  missed=0
  while [ -e "$users.pid" ] && [ "$missed" -lt 20 ]; do
    kill -INT "$(cat "$users.pid")" 2>/dev/null || missed=$((missed + 1))
    sleep 0.1
  done
) &
exec 3<&-

status=0
tries=3
while [ -p "$users" ]; do
  "$@" &
  echo $! >"$users.pid"
  wait $!
  status=$?
  [ "$status" -eq 0 ] && break
  if [ -e "$users.ready" ]; then # it worked before, so it can again
    tries=60
    rm -f "$users.ready"
  fi
  tries=$((tries - 1))
  [ "$tries" -le 0 ] && break
  sleep 1
done
rm -f "$users" "$users.pid" "$users.ready"
exit "$status"
