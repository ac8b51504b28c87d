using Esb.Schema.Diagnostics;

namespace Esb.Sam.Functions;

/// <summary>A layer that a function names.</summary>
/// <param name="Written">The reference as resolved: a name or an ARN.</param>
/// <param name="Resource">The function, as the receipt names it.</param>
/// <param name="Place">The position of the reference.</param>
internal sealed record WantedLayer(string Written, string Resource, Place Place)
{
    /// <summary>The name of the layer, which follows <c>layer</c> in an ARN.</summary>
    public string Name => Written.StartsWith("arn:", StringComparison.Ordinal)
        ? Written.Split(':').ElementAtOrDefault(6) ?? Written
        : Written;
}
