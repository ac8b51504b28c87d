using System.Text.Json;

namespace Esb.Stores.Tests.Sdks;

/// <summary>What one method of an SDK met.</summary>
/// <param name="Group">The API, such as <c>S3</c>, or the library.</param>
/// <param name="Name">The operation of the API, or what the library did.</param>
/// <param name="Error">Of a call with a row of its own: what went wrong, or null.</param>
/// <param name="Unsupported">Of a method without a row: the code of the error that it got.</param>
internal sealed record SdkRow(string Group, string Name, string? Error = null, string? Unsupported = null)
{
    private static readonly JsonSerializerOptions Lines = new(JsonSerializerDefaults.Web);

    public bool IsServed => Unsupported is null;

    /// <summary>The method works, or it is refused as one that does not exist here.</summary>
    public bool IsGood => Error is null && Unsupported is null or "NotImplemented" or "UnknownOperationException";

    /// <summary>Reads a row from a line of JSON.</summary>
    public static SdkRow Parse(string line) => JsonSerializer.Deserialize<SdkRow>(line, Lines)!;

    public override string ToString() => $"{Group} {Name}: {Error ?? Unsupported ?? "works"}";
}
