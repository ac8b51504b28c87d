using Esb.Cli.Terminal;

namespace Esb.Cli.Platform;

/// <summary>
/// Waits for the end of parts that still run but no longer serve, after an interrupted <c>esb down</c> or a signal. A
/// start must replace such parts and not count them as running.
/// </summary>
internal sealed class EndingParts(Screen screen, HttpClient http, TimeProvider time)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    /// <summary>Returns when each part of the platform serves or has ended.</summary>
    /// <exception cref="CommandFailure">A part runs on without serving.</exception>
    public async Task WaitAsync(PlatformState state, CancellationToken cancellationToken)
    {
        var check = new ReadyCheck(http, state.Addresses);
        var doubtful = await Task.WhenAll(state.Running().Select(async part =>
            part.IsEnding || !await check.PassesAsync(part.Kind, cancellationToken) ? part : null));
        RunningComponent[] parts = [.. doubtful.OfType<RunningComponent>()];
        if (parts.Length == 0)
            return;
        using var lines = new LiveLines(screen, time);
        var width = parts.Max(part => part.Address.Length);
        await Task.WhenAll(parts.Select(part => WaitAsync(
            part,
            check,
            new ComponentLine(lines, screen, time, new(ComponentNames.Of(part.Kind), part.Address, width)),
            cancellationToken)));
    }

    /// <summary>Waits until a part serves or has ended.</summary>
    /// <returns>Whether it serves.</returns>
    /// <exception cref="CommandFailure">It runs on without serving.</exception>
    public async Task<bool> ServesAsync(
        RunningComponent part, ReadyCheck check, CancellationToken cancellationToken)
    {
        var grace = ComponentStop.Grace(part.Kind);
        for (var since = time.GetTimestamp(); part.Process.IsRunning();
            await Task.Delay(Interval, time, cancellationToken))
        {
            // A part that was just started does not serve yet; a part that is ending will not serve again.
            if (await check.PassesAsync(part.Kind, cancellationToken))
                return true;
            if (time.GetElapsedTime(since) > grace)
                throw CommandFailure.Environment(
                    $"the {ComponentNames.InSentence(part.Kind)}, process {part.Process.Pid}, runs but does not serve, "
                        + $"and has not ended after {DurationText.Waited(grace)}",
                    $"esb down, then esb up; its log is {part.LogFile}");
        }

        return false;
    }

    private async Task WaitAsync(
        RunningComponent part, ReadyCheck check, ComponentLine line, CancellationToken cancellationToken)
    {
        line.Update("waiting for its end");
        if (part.IsEnding)
            // Completes the interrupted stop.
            await ComponentStop.RunAsync(part, ComponentStop.Grace(part.Kind), time, cancellationToken);
        else if (await ServesAsync(part, check, cancellationToken))
        {
            line.Ready();
            return;
        }

        line.Finish("ended");
    }
}
