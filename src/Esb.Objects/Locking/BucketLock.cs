using System.Globalization;
using Esb.Objects.Errors;
using Esb.Objects.Xml;

namespace Esb.Objects.Locking;

/// <summary>The object lock of a bucket: its versions can be protected, and new ones may be by default.</summary>
/// <param name="Mode">The mode by default; null when new versions are not protected by default.</param>
/// <param name="Days">How long, if not <paramref name="Years"/>.</param>
/// <param name="Years">How long, if not <paramref name="Days"/>.</param>
internal sealed record BucketLock(string? Mode, int? Days, int? Years)
{
    public const string Document = "object-lock";
    public const string Root = "ObjectLockConfiguration";

    private const string Enabled = "Enabled";
    private const int MostDays = 36_500;
    private const int MostYears = 100;

    /// <summary>The document of a lock without a default.</summary>
    public static readonly byte[] OfNewBucket =
        S3Document.Write(Root, xml => xml.Element("ObjectLockEnabled", Enabled));

    /// <summary>Whether new versions are protected by default.</summary>
    public bool HasDefault => Mode is not null;

    /// <exception cref="S3Exception">MalformedXML or InvalidRetentionPeriod.</exception>
    public static BucketLock Parse(ReadOnlyMemory<byte> document)
    {
        var configuration = XmlElement.Parse(document, Root);
        if (configuration.Value("ObjectLockEnabled")?.Trim() != Enabled)
            throw BodyErrors.MalformedXml("ObjectLockEnabled must be Enabled");
        if (configuration.All("Rule").FirstOrDefault() is not { } rule)
            return new BucketLock(null, null, null);
        var retention = rule.All("DefaultRetention").FirstOrDefault()
            ?? throw BodyErrors.MalformedXml("a Rule has no DefaultRetention");
        var mode = retention.Value("Mode")?.Trim();
        if (!Retention.IsMode(mode))
            throw BodyErrors.MalformedXml("Mode must be GOVERNANCE or COMPLIANCE");
        var (days, years) = (Period(retention, "Days", MostDays), Period(retention, "Years", MostYears));
        return days is null != years is null
            ? new BucketLock(mode, days, years)
            : throw BodyErrors.MalformedXml("a DefaultRetention needs either Days or Years");
    }

    /// <summary>The retention of a version that is written now; null when there is none by default.</summary>
    public Retention? RetentionOf(DateTimeOffset now)
    {
        if (Mode is null)
            return null;
        var until = Days is { } days ? now.AddDays(days) : now.AddYears(Years!.Value);
        return new Retention(Mode, until.AddTicks(-(until.Ticks % TimeSpan.TicksPerMillisecond)));
    }

    private static int? Period(XmlElement retention, string name, int most)
    {
        if (retention.Value(name)?.Trim() is not { } text)
            return null;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var period))
            throw BodyErrors.MalformedXml($"{name} must be a whole number");
        return period >= 1 && period <= most ? period : throw LockErrors.InvalidPeriod(name, most);
    }
}
