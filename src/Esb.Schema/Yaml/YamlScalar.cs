using System.Globalization;
using Esb.Schema.Diagnostics;

namespace Esb.Schema.Yaml;

/// <summary>Text, a number, a boolean or null.</summary>
public sealed class YamlScalar : YamlNode
{
    /// <summary>Makes a scalar. Plain ones are typed by YAML's core schema, quoted ones are text.</summary>
    public YamlScalar(string value, bool plain = false, Place place = default, string? tag = null)
        : base(place, tag)
    {
        Value = value;
        IsPlain = plain;
    }

    /// <summary>The characters, without quotes or escapes.</summary>
    public string Value { get; }

    /// <summary>True when written without quotes, so that <c>true</c> or <c>7</c> is not text.</summary>
    public bool IsPlain { get; }

    /// <inheritdoc/>
    public override string Kind => IsNull ? "nothing" : "text";

    /// <summary>True for <c>null</c>, <c>~</c> and the empty plain scalar.</summary>
    public bool IsNull => IsPlain && CoreSchema.IsNull(Value);

    /// <summary>The boolean, when this is one.</summary>
    public bool? AsBoolean => IsPlain ? CoreSchema.Boolean(Value) : null;

    /// <summary>Whether YAML's core schema reads it as a plain integer or decimal number.</summary>
    public bool IsNumber => IsPlain && CoreSchema.IsNumber(Value);

    // Anything but a number, a boolean or a null is the same text with and without quotes.
    private bool IsText =>
        !IsPlain || !(CoreSchema.IsNull(Value) || CoreSchema.Boolean(Value) is not null || CoreSchema.IsNumber(Value));

    /// <summary>Makes a scalar that is read back as exactly this text.</summary>
    public static YamlScalar Text(string value) => new(value, plain: CoreSchema.IsSafePlainText(value));

    /// <summary>An integer.</summary>
    public static YamlScalar Number(long value) => new(value.ToString(CultureInfo.InvariantCulture), plain: true);

    /// <summary>A boolean.</summary>
    public static YamlScalar Boolean(bool value) => new(value ? "true" : "false", plain: true);

    /// <inheritdoc/>
    public override bool ContentEquals(YamlNode? other) =>
        other is YamlScalar scalar
        && scalar.Value == Value
        && scalar.Tag == Tag
        && (scalar.IsPlain == IsPlain || (IsText && scalar.IsText));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
