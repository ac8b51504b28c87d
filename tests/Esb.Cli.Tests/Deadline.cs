namespace Esb.Cli.Tests;

/// <summary>Waits for what must come to be, and says so when it does not.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Limit = Waits.Longest;

    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
            await Task.Delay(10, limit.Token);
    }
}
