namespace Esb.Dynalite;

/// <summary>What the names of imported tables (ARNs) contain.</summary>
/// <param name="Region">The region, such as <c>us-east-1</c>.</param>
/// <param name="Account">The account, 12 digits.</param>
public sealed record ArnSettings(string Region, string Account);
