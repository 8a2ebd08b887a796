ALTER TABLE council ADD COLUMN kind text NOT NULL DEFAULT 'district';
