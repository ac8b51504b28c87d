using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Esb.Gateway.Routing;

namespace Esb.Gateway.Responses;

/// <summary>The form of a payload.</summary>
internal enum ResponseForm
{
    /// <summary>An object with a valid status.</summary>
    Complete,

    /// <summary>Not an object, or an object without a status.</summary>
    NoStatus,

    /// <summary>An object with a status and an invalid part.</summary>
    Malformed,
}

/// <summary>
/// Reads a payload in one pass, without a tree. Only headers become strings, and a body without escapes is not copied.
/// Unknown fields are skipped; if a field is repeated, the last one counts.
/// </summary>
internal ref struct FunctionResponseReader
{
    // The depth is unlimited: a payload that cannot be read completely would count as one without a status, and a 403
    // in it would become a 200.
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = int.MaxValue };

    private readonly ReadOnlyMemory<byte> _payload;
    private readonly ApiKind _kind;
    private readonly bool _decode;
    private Utf8JsonReader _json;
    private List<KeyValuePair<string, string>>? _single;
    private List<KeyValuePair<string, string>>? _multi;
    private List<string>? _cookies;
    private ReadOnlyMemory<byte> _body;
    private int? _status;
    private long _head; // number of characters in headers and cookies; a repeated field counts each time
    private bool _hasStatus;
    private bool _base64;
    private bool _malformed;

    public FunctionResponseReader(ReadOnlyMemory<byte> payload, ApiKind kind, bool decode)
    {
        _payload = payload;
        _kind = kind;
        _decode = decode;
        _json = new Utf8JsonReader(payload.Span, ReaderOptions);
    }

    /// <summary>The response; valid only when <see cref="Read"/> has returned Complete.</summary>
    public readonly FunctionResponse Response =>
        new(_status!.Value, Headers(), _cookies ?? (IReadOnlyList<string>)[], _body);

    public ResponseForm Read()
    {
        try
        {
            if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
                return ResponseForm.NoStatus;
            while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
                ReadField();
            if (_json.Read())
                return ResponseForm.NoStatus;
        }
        catch (JsonException)
        {
            return ResponseForm.NoStatus;
        }
        catch (InvalidOperationException)
        {
            // The payload contains invalid UTF-8, or half of a surrogate pair.
            return HasStatus(_payload.Span) ? ResponseForm.Malformed : ResponseForm.NoStatus;
        }

        if (!_hasStatus)
            return ResponseForm.NoStatus;
        return _status is null || _malformed || _head > PreludeReader.MaxBytes || (_base64 && _decode && !DecodeBody())
            ? ResponseForm.Malformed
            : ResponseForm.Complete;
    }

    /// <summary>The bytes of the current string: a slice of the payload when it has no escapes.</summary>
    public static ReadOnlyMemory<byte> TextOf(ref Utf8JsonReader json, ReadOnlyMemory<byte> payload)
    {
        if (!json.ValueIsEscaped)
            return payload.Slice((int)json.TokenStartIndex + 1, json.ValueSpan.Length);
        var text = new byte[json.ValueSpan.Length];
        return text.AsMemory(0, json.CopyString(text));
    }

    private static bool HasStatus(ReadOnlySpan<byte> payload)
    {
        var json = new Utf8JsonReader(payload, ReaderOptions);
        for (json.Read(); json.Read() && json.TokenType == JsonTokenType.PropertyName; json.Skip())
        {
            if (json.ValueTextEquals("statusCode"u8))
                return true;
        }

        return false;
    }

    private void ReadField()
    {
        if (_json.ValueTextEquals("statusCode"u8))
            ReadStatus();
        else if (_json.ValueTextEquals("headers"u8))
            ReadHeaders(ref _single, multi: false);
        else if (_json.ValueTextEquals("multiValueHeaders"u8) && _kind == ApiKind.Rest)
            ReadHeaders(ref _multi, multi: true);
        else if (_json.ValueTextEquals("cookies"u8) && _kind != ApiKind.Rest)
            ReadCookies();
        else if (_json.ValueTextEquals("body"u8))
            ReadBody();
        else if (_json.ValueTextEquals("isBase64Encoded"u8))
            ReadBase64();
        else
            _json.Skip();
    }

    // AWS's own blueprints use the string '200', so that is a valid status; 200.5 is not.
    private void ReadStatus()
    {
        _json.Read();
        _hasStatus = true;
        var status = 0;
        var isWhole = _json.TokenType switch
        {
            JsonTokenType.Number => _json.TryGetInt32(out status),
            JsonTokenType.String =>
                int.TryParse(_json.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out status),
            _ => false,
        };
        // 1xx statuses are not final answers, and no class above 5 exists (RFC 9110, 15).
        _status = isWhole && status is >= 200 and <= 599 ? status : null;
        _json.Skip();
    }

    private void ReadHeaders(ref List<KeyValuePair<string, string>>? headers, bool multi)
    {
        _json.Read();
        headers = null;
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            Refuse(unless: JsonTokenType.Null);
            return;
        }

        headers = [];
        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            var name = _json.GetString()!;
            _json.Read();
            if (!multi)
                AddHeader(headers, name);
            else if (_json.TokenType != JsonTokenType.StartArray)
                Refuse(unless: JsonTokenType.Null);
            else
            {
                while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
                    AddHeader(headers, name);
            }
        }
    }

    private void AddHeader(List<KeyValuePair<string, string>> headers, string name)
    {
        if (Scalar() is not { } value)
        {
            Refuse(unless: JsonTokenType.Null);
            return;
        }

        _head += name.Length + value.Length;
        if (ResponseHeaders.CanSend(name, value))
            headers.Add(new KeyValuePair<string, string>(name, value));
        else
            _malformed = true;
    }

    private void ReadCookies()
    {
        _json.Read();
        _cookies = null;
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            Refuse(unless: JsonTokenType.Null);
            return;
        }

        _cookies = [];
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType == JsonTokenType.String
                && _json.GetString() is { } cookie
                && ResponseHeaders.CanSend("Set-Cookie", cookie))
            {
                _head += cookie.Length;
                _cookies.Add(cookie);
            }
            else
            {
                Refuse();
            }
        }
    }

    private void ReadBody()
    {
        _json.Read();
        _body = default;
        if (_json.TokenType == JsonTokenType.String)
            _body = TextOf(ref _json, _payload);
        else
            Refuse(unless: JsonTokenType.Null);
    }

    private void ReadBase64()
    {
        _json.Read();
        _base64 = _json.TokenType == JsonTokenType.True;
        if (!_base64 && _json.TokenType != JsonTokenType.False)
            Refuse(unless: JsonTokenType.Null);
    }

    // Numbers and booleans are sent as they are written: {"Access-Control-Allow-Credentials": true} is common.
    private readonly string? Scalar() => _json.TokenType switch
    {
        JsonTokenType.String => _json.GetString(),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Number => System.Text.Encoding.UTF8.GetString(_json.ValueSpan),
        _ => null,
    };

    private void Refuse(JsonTokenType unless = JsonTokenType.None)
    {
        if (_json.TokenType != unless)
            _malformed = true;
        _json.Skip();
    }

    private bool DecodeBody()
    {
        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(_body.Length)];
        if (Base64.DecodeFromUtf8(_body.Span, decoded, out var consumed, out var written) != OperationStatus.Done
            || consumed != _body.Length)
            return false;
        _body = decoded.AsMemory(0, written);
        return true;
    }

    // Source: API Gateway, "Output format of a Lambda function for proxy integration": the two lists are merged, and of
    // a pair that is in both, only the one in multiValueHeaders is used.
    private readonly List<KeyValuePair<string, string>> Headers()
    {
        if (_multi is null || _single is null)
            return _multi ?? _single ?? [];
        List<KeyValuePair<string, string>> merged = [.. _multi];
        foreach (var header in _single)
        {
            if (!_multi.Exists(h => h.Key.Equals(header.Key, StringComparison.OrdinalIgnoreCase)
                && h.Value == header.Value))
                merged.Add(header);
        }

        return merged;
    }
}
