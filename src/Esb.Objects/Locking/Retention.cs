using System.Globalization;

namespace Esb.Objects.Locking;

/// <summary>Until when a version may be neither deleted nor protected less.</summary>
/// <param name="Mode"><see cref="Governance"/> or <see cref="Compliance"/>.</param>
/// <param name="Until">In whole milliseconds, as it is answered.</param>
internal sealed record Retention(string Mode, DateTimeOffset Until)
{
    /// <summary>A request that says so may bypass it.</summary>
    public const string Governance = "GOVERNANCE";

    /// <summary>Nobody may bypass it.</summary>
    public const string Compliance = "COMPLIANCE";

    public static bool IsMode(string? mode) => mode is Governance or Compliance;

    /// <summary>A time in ISO 8601; null for anything else.</summary>
    public static DateTimeOffset? ParseTime(string? text)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        // The general parser also takes the forms of other standards, none of which begins with a year.
        return text is { Length: >= 10 }
            && text[4] == '-'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, utc, out var time)
            ? time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMillisecond))
            : null;
    }

    /// <summary>Whether replacing this by another one protects the version less than before.</summary>
    public bool IsWeakenedBy(Retention? other) => other is null || other.Until < Until || other.Mode != Mode;
}
