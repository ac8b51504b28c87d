using System.Text.Json.Serialization;

namespace Esb.Cli.Diagnosis;

/// <summary>How bad a finding is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Verdict>))]
internal enum Verdict
{
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>Something works, but not as well or as long as it should.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,

    /// <summary>Something does not work.</summary>
    [JsonStringEnumMemberName("fail")]
    Fail,
}

/// <summary>One line of <c>esb doctor</c>.</summary>
/// <param name="Check">The name of the check.</param>
/// <param name="Verdict">How bad it is.</param>
/// <param name="Message">What was found.</param>
/// <param name="Advice">What to do about it; null when there is nothing to do.</param>
internal sealed record Finding(string Check, Verdict Verdict, string Message, string? Advice = null)
{
    public static Finding Ok(string check, string message) => new(check, Verdict.Ok, message);

    public static Finding Warn(string check, string message, string advice) =>
        new(check, Verdict.Warn, message, advice);

    public static Finding Fail(string check, string message, string advice) =>
        new(check, Verdict.Fail, message, advice);
}
