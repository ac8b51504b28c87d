using System.Text.Json.Serialization;

namespace Esb.Objects.Checksums;

/// <summary>
/// A checksum as it is stored and sent. A multipart object has either a checksum over all its bytes or, with
/// <see cref="Composite"/>, a checksum of its parts' checksums in the form <c>base64-N</c>, which clients do not
/// compare with the bytes.
/// </summary>
internal sealed record Checksum(string AlgorithmName, string Value, string Type)
{
    public const string FullObject = "FULL_OBJECT";
    public const string Composite = "COMPOSITE";

    [JsonIgnore]
    public ChecksumAlgorithm Algorithm => ChecksumAlgorithm.Named("ChecksumAlgorithm", AlgorithmName);

    public static Checksum Of(ChecksumAlgorithm algorithm, ReadOnlySpan<byte> value) =>
        new(algorithm.Name, Convert.ToBase64String(value), FullObject);

    public static Checksum OfParts(ChecksumAlgorithm algorithm, IReadOnlyCollection<Checksum> parts)
    {
        using var hash = RunningChecksum.Start(algorithm);
        foreach (var part in parts)
            hash.Append(Convert.FromBase64String(part.Value));
        return new Checksum(algorithm.Name, $"{Convert.ToBase64String(hash.Finish())}-{parts.Count}", Composite);
    }
}
