using Esb.Sam.Receipts;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary>The intrinsic functions, and where each may be used.</summary>
internal sealed partial class Resolver
{
    /// <summary>All intrinsic functions.</summary>
    public static readonly string[] Functions =
    [
        "Ref", "Fn::And", "Fn::Base64", "Fn::Cidr", "Fn::Equals", "Fn::FindInMap", "Fn::GetAtt", "Fn::GetAZs",
        "Fn::If", "Fn::ImportValue", "Fn::Join", "Fn::Length", "Fn::Not", "Fn::Or", "Fn::Select", "Fn::Split",
        "Fn::Sub", "Fn::ToJsonString", "Fn::Transform",
    ];

    /// <summary>Whether a key is the name of a known function.</summary>
    public static bool IsServed(string function) =>
        Functions.Contains(function) || function.StartsWith("Fn::ForEach", StringComparison.Ordinal);

    private static bool IsFunction(string key) =>
        key is "Ref" or "Condition" || key.StartsWith("Fn::", StringComparison.Ordinal);

    // The result of a function may form a dynamic reference that none of its parts contains, and may include a secret.
    // If and Include have resolved their results already.
    private YamlNode? ResultOf(string function, YamlNode argument, YamlNode whole)
    {
        var secrets = _secretsUsed;
        var made = Call(function, argument, whole);
        if (function is "Fn::If" or Includes.Key || made is null)
            return made;
        made = DynamicReferences.ResolveAll(this, made);
        if (_secretsUsed != secrets
            && function is "Fn::Base64" or "Fn::Join" or "Fn::Select" or "Fn::Split" or "Fn::Sub" or "Fn::ToJsonString")
            Conceal(made);
        return made;
    }

    private YamlNode? Call(string function, YamlNode argument, YamlNode whole) => function switch
    {
        "Ref" => References.Ref(this, argument),
        "Fn::GetAtt" => References.GetAtt(this, argument),
        "Fn::FindInMap" => References.FindInMap(this, argument),
        "Fn::Sub" => Substitution.Sub(this, argument),
        "Fn::Join" => Texts.Join(this, argument),
        "Fn::Split" => Texts.Split(this, argument),
        "Fn::Select" => Texts.Select(this, argument),
        "Fn::Base64" => Texts.Base64(this, argument),
        "Fn::ToJsonString" => Texts.ToJsonString(this, argument),
        "Fn::Length" => Texts.Length(this, argument),
        "Fn::If" => Logic.If(this, argument),
        "Fn::Equals" or "Fn::And" or "Fn::Or" or "Fn::Not" when _inConditions == 0 => OnlyInConditions(function, whole),
        "Condition" when _inConditions == 0 && argument is YamlScalar => OnlyInConditions(function, whole),
        "Fn::Equals" => Logic.Equal(this, argument),
        "Fn::And" => Logic.And(this, argument),
        "Fn::Or" => Logic.Or(this, argument),
        "Fn::Cidr" => Networks.Cidr(this, argument),
        "Fn::ImportValue" => DynamicReferences.Import(this, argument),
        Includes.Key => ResolveEntries(Includes.Merge(this, (YamlMapping)whole)),
        "Fn::Not" => Logic.Not(this, argument),
        "Condition" => argument is YamlScalar name
            ? YamlScalar.Boolean(Condition(name.Value, argument))
            : ResolveEntries((YamlMapping)whole),
        "Fn::GetAZs" => new YamlSequence(
            [.. "abc".Select(zone => new YamlScalar(scope.Region + zone, place: whole.Place))], whole.Place),
        _ when _inRules && RuleFunctions.Contain(function) => RuleFunctions.Call(this, function, argument),
        _ => NotServed(function, whole),
    };

    private YamlScalar OnlyInConditions(string function, YamlNode whole)
    {
        diagnostics.Error(
            DiagnosticCodes.WrongKind,
            $"{function} belongs in Conditions",
            whole,
            "define a condition there, and use it with Fn::If");
        return new YamlScalar("", place: whole.Place);
    }

    private YamlScalar NotServed(string function, YamlNode whole)
    {
        diagnostics.Error(
            DiagnosticCodes.NotSupported,
            $"{function} is not a function that can be used here",
            whole,
            NearMiss.Help(function, Functions));
        return new YamlScalar("", place: whole.Place);
    }
}
