namespace Esb.Cli.Processes;

/// <summary>
/// Keeps a program up that is not ours: a shell that starts it again, at once the first time, then after 1, 2, 4 seconds and at most half a minute.
/// One that ended before it had ever served is not started again, so that its start can fail. The shell takes no memory worth the name and reads nothing
/// that others send. A signal to end reaches both, and ends both.
/// </summary>
internal static class RestartedProgram
{
    /// <summary>The variable that names the file that the program makes when it serves.</summary>
    public const string ServesFile = "ESB_SERVES_FILE";

    /// <summary>Of sh: $0 is the log, opened for each line since it is renamed at times, "$@" the command. Time is that of the machine since its start.</summary>
    public const string Script = """
        exec >/dev/null 2>&1 </dev/null
        trap 'ending=1; kill "$child" 2>/dev/null' TERM INT
        rm -f "$ESB_SERVES_FILE"
        pause=0
        while :; do
          read -r start rest </proc/uptime
          "$@" >>"$0" 2>&1 &
          child=$!
          wait "$child"
          code=$?
          [ -z "$ending" ] || exit 0
          [ -e "$ESB_SERVES_FILE" ] || exit "$code"
          read -r end rest </proc/uptime
          [ $((${end%.*} - ${start%.*})) -lt 60 ] || pause=0
          echo "esb: it ended with exit code $code and is started again in $pause s" >>"$0"
          sleep "$pause" &
          child=$!
          wait "$child"
          [ -z "$ending" ] || exit 0
          if [ "$pause" -eq 0 ]; then pause=1; else pause=$((pause * 2)); fi
          [ "$pause" -le 30 ] || pause=30
        done
        """;
}
