using Esb.Cli.Processes;
using Esb.Cli.Terminal;
using Esb.Schema.Diagnostics;

namespace Esb.Cli.Platform;

/// <summary>Starts one part and waits until it is ready.</summary>
internal sealed class ComponentStart(StartedComponents started, ReadyCheck ready, TimeProvider time)
{
    private const int LogLinesShown = 10;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(15);

    /// <exception cref="CommandFailure">The part ended or did not become ready; the last lines of its log are in the
    /// details.</exception>
    public async Task RunAsync(ComponentSpec spec, ComponentLine line, CancellationToken cancellationToken)
    {
        line.Update("starting");
        using var daemon = started.Start(spec);
        var since = time.GetTimestamp();
        while (true)
        {
            if (daemon.HasExited)
                throw Failed(spec, daemon, $"ended with exit code {daemon.ExitCode} before it was ready");
            if (await ready.PassesAsync(spec.Kind, cancellationToken) && !daemon.HasExited)
                break;
            if (Directory.Exists(spec.ImportFolder))
            {
                line.Update("importing the tables of an earlier version");
                since = time.GetTimestamp();
            }
            else if (time.GetElapsedTime(since) > Timeout)
                throw Failed(spec, daemon, $"was not ready after {DurationText.Waited(Timeout)}");
            await Task.Delay(Interval, time, cancellationToken);
        }

        line.Ready();
    }

    private static CommandFailure Failed(ComponentSpec spec, Daemon daemon, string what) => new(
        ExitCode.Failure,
        [new Diagnostic(
            Severity.Error,
            DiagnosticCodes.Environment,
            $"the {ComponentNames.InSentence(spec.Kind)} {what}",
            Help: $"its log is {daemon.LogFile}")])
    {
        Details = LogLines.Last(daemon.LogFile, daemon.LogStart, LogLinesShown),
    };
}
