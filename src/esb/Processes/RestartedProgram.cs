namespace Esb.Cli.Processes;

/// <summary>
/// Restarts a third-party program from a shell: at once the first time, then after 1, 2, 4 seconds and at most half a
/// minute. A program that ended before it ever served is not restarted, so that its start can fail. The shell uses
/// little memory and reads nothing from outside. A termination signal reaches and ends both.
/// </summary>
internal static class RestartedProgram
{
    /// <summary>The variable with the file that the program creates when it serves.</summary>
    public const string ServesFile = "ESB_SERVES_FILE";

    /// <summary>
    /// The script for sh: $0 is the log, opened for each line since it may be rotated, "$@" the command. Times are
    /// seconds since the boot.
    /// </summary>
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
