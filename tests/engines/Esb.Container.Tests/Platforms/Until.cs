namespace Esb.Container.Tests.Platforms;

/// <summary>Waits for something that containers do.</summary>
internal static class Until
{
    private static readonly TimeSpan Patience = Waits.Longest;

    public static Task TrueAsync(Func<Task<bool>> condition) => TrueAsync(condition, () => "it did not come to be");

    public static async Task TrueAsync(Func<Task<bool>> condition, Func<string> otherwise)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await condition())
        {
            if (patience.IsCancellationRequested)
                throw new TimeoutException(otherwise());
            await Task.Delay(100);
        }
    }
}
