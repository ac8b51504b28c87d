using System.Diagnostics;

namespace Esb.Agent.Tests.Driving;

/// <summary>Waits for something in another process to happen, up to a deadline that only a failure reaches.</summary>
internal static class Eventually
{
    public static readonly TimeSpan Deadline = Waits.Longest;

    public static async Task<bool> HoldsAsync(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > Deadline)
                return false;
            await Task.Delay(10);
        }

        return true;
    }
}
