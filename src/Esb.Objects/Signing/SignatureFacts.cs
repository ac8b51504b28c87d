namespace Esb.Objects.Signing;

/// <summary>How a request is signed, in the words of policies.</summary>
/// <param name="Place">
/// <see cref="InHeader"/>, <see cref="InQuery"/> or <see cref="InForm"/>.
/// </param>
/// <param name="Version"><see cref="Version2"/> or the name of the algorithm of version 4.</param>
/// <param name="Time">When it was signed; null in version 2, which does not tell.</param>
/// <param name="PayloadHash">What is signed for the body; null in version 2 and in forms.</param>
internal sealed record SignatureFacts(string Place, string Version, DateTimeOffset? Time, string? PayloadHash)
{
    public const string InHeader = "REST-HEADER";
    public const string InQuery = "REST-QUERY-STRING";
    public const string InForm = "POST";
    public const string Version2 = "AWS";
}
