using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Esb.Testing;

/// <summary>
/// Waits for something that happens on another thread or in another process. A test states the condition that it waits
/// for; it never waits for a fixed time.
/// </summary>
public static class Eventually
{
    // The first pauses are short for events in this process; later ones are longer, so that another process is not
    // asked a thousand times a second.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(50);

    /// <summary>Returns when the condition is true.</summary>
    /// <exception cref="TimeoutException">
    /// It was still false after <see cref="Waits.Longest"/>; the message is <paramref name="otherwise"/>, or the
    /// condition's own text.
    /// </exception>
    public static Task TrueAsync(
        Func<bool> condition,
        Func<string>? otherwise = null,
        [CallerArgumentExpression(nameof(condition))] string text = "") =>
        TrueAsync(() => Task.FromResult(condition()), otherwise, text);

    /// <inheritdoc cref="TrueAsync(Func{bool}, Func{string}?, string)"/>
    public static async Task TrueAsync(
        Func<Task<bool>> condition,
        Func<string>? otherwise = null,
        [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        var begun = Stopwatch.GetTimestamp();
        for (var pause = FirstPause; !await condition(); pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            if (Stopwatch.GetElapsedTime(begun) > Waits.Longest)
                throw new TimeoutException(otherwise?.Invoke() ?? $"still false after {Waits.Longest}: {text}");
            await Task.Delay(pause);
        }
    }
}
