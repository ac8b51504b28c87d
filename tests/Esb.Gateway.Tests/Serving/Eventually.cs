namespace Esb.Gateway.Tests.Serving;

/// <summary>Waits for what happens on another thread or in another process.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Patience = Waits.Longest;

    public static async Task TrueAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
            await Task.Delay(10, patience.Token);
    }
}
