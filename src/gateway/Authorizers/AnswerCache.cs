using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Esb.Gateway.Clocks;

namespace Esb.Gateway.Authorizers;

/// <summary>What a function said about callers, for a while. Bounded; callers are known by a hash, so that no token lies about in it.</summary>
internal sealed class AnswerCache(TimeSpan lifetime, TimeProvider time)
{
    /// <summary>More callers than this at once are forgotten early.</summary>
    public const int MaxEntries = 10_000;

    private readonly ConcurrentDictionary<string, (AuthorizerAnswer Answer, TimeSpan Until)> _answers = new(StringComparer.Ordinal);

    /// <summary>The key for the values of a request's identity sources; null when nothing may be remembered.</summary>
    public string? KeyOf(IReadOnlyList<string> values) =>
        lifetime <= TimeSpan.Zero || values.Count == 0 ? null : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', values))));

    public AuthorizerAnswer? Find(string key) =>
        _answers.TryGetValue(key, out var entry) && entry.Until > time.Steady() ? entry.Answer : null;

    public void Add(string key, AuthorizerAnswer answer)
    {
        if (_answers.Count >= MaxEntries)
            MakeRoom();
        _answers[key] = (answer, time.Steady() + lifetime);
    }

    private void MakeRoom()
    {
        var now = time.Steady();
        foreach (var (key, entry) in _answers)
        {
            if (entry.Until <= now)
                _answers.TryRemove(key, out _);
        }

        if (_answers.Count >= MaxEntries)
            _answers.Clear();
    }
}
