# Runs PostgreSQL for as long as someone uses it, and starts it again when it dies.
# Input: the reading end of the pipe that each user holds open. It ends when the last user is gone, however it went.
# $1: the pipe's name. $2: the cluster's folder. The rest: the command to run.
users=$1 cluster=$2
shift 2
trap '' HUP INT TERM
exec 3<&0 </dev/null
: >"$users.on"

(
  read -r _ <&3
  rm -f "$users"
  read -r _ <&3 # someone may have come in just before the name went
  while [ -e "$users.on" ] && kill -0 $$ 2>/dev/null; do
    pid=$(head -n 1 "$cluster/postmaster.pid" 2>/dev/null)
    [ -n "$pid" ] && kill -INT "$pid" 2>/dev/null
    sleep 0.1
  done
) &
exec 3<&-

status=0
tries=3
while [ -p "$users" ]; do
  began=$(date +%s)
  "$@"
  status=$?
  [ "$status" -eq 0 ] && break
  [ $(($(date +%s) - began)) -ge 5 ] && tries=60
  tries=$((tries - 1))
  [ "$tries" -le 0 ] && break
  sleep 1
done
rm -f "$users" "$users.on"
exit "$status"
